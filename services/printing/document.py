"""Documents on paper: A4 with a tagged title, numbered pages, and a watermark in a drill.

The fonts are those that every reader of PDF has, so nothing is embedded and nothing must be
installed; they know the signs of Windows-1252. What they don't know is written without its accent
or as a question mark; the file says so then.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

from fpdf import FPDF
from fpdf.enums import XPos, YPos

FONT = "helvetica"
ENCODING = "windows-1252"
BODY, SMALL, HEAD, TITLE = 10.0, 8.0, 12.0, 17.0
LINE = 1.35
POINT_MM = 0.3528
MARGIN = 16.0
WATERMARK = "ÜBUNG"
GREY, LIGHT, BLACK = 90, 225, 0
UNKNOWN = (
    "Zeichen, die die Schrift dieser Datei nicht kennt, stehen ohne Akzent oder als Fragezeichen;"
    " in der CSV-Datei stehen sie vollständig."
)
SIGNS = str.maketrans({"\N{NO-BREAK SPACE}": " ", "−": "-", "≥": ">=", "≤": "<=", "→": "->"})


class PrintedDocument(FPDF):
    """A document that grows from top to bottom."""

    def __init__(self, title: str, made: str, *, is_drill: bool, made_at: datetime) -> None:
        super().__init__(format="A4")
        self.core_fonts_encoding = ENCODING
        self._name = title
        self._made = made
        self._is_drill = is_drill
        self._has_unknown = False
        self.set_creation_date(made_at)
        self.set_title(f"{WATERMARK}: {title}" if is_drill else title)
        self.set_lang("de-DE")
        self.set_creator("Regionalcockpit")
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN + 6)
        self.add_page()
        self._write(title, TITLE, "B")
        self.ln(2)

    def header(self) -> None:
        """Draw the watermark behind the text of each page of a drill."""
        if not self._is_drill:
            return
        self.set_font(FONT, "B", 96)
        self.set_text_color(LIGHT)
        with self.rotation(52, x=self.w / 2, y=self.h / 2):
            self.text(self.w / 2 - 62, self.h / 2 + 14, self.plain(WATERMARK))
        self.set_text_color(BLACK)
        self.set_y(MARGIN)

    def footer(self) -> None:
        """Write on each page what it is, and its number."""
        self.set_y(-MARGIN)
        self.set_font(FONT, "", SMALL)
        self.set_text_color(GREY)
        drill = f"{WATERMARK} · " if self._is_drill else ""
        words = f"{drill}{self._name} · {self._made} · Seite {self.page_no()} von {{nb}}"
        self.cell(0, 4, self.plain(words), align="C")
        self.set_text_color(BLACK)

    def heading(self, words: str) -> None:
        """Begin a section; its heading is an outline entry, too."""
        self.ln(3)
        if self.will_page_break(20):
            self.add_page()
        self.start_section(self.plain(words))
        self._write(words, HEAD, "B")
        self.ln(1)

    def paragraph(self, words: str, *, is_bold: bool = False) -> None:
        """Write a paragraph."""
        self._write(words, BODY, "B" if is_bold else "")

    def remark(self, words: str) -> None:
        """Write a small grey line."""
        self.set_text_color(GREY)
        self._write(words, SMALL, "")
        self.set_text_color(BLACK)

    def struck(self, words: str) -> None:
        """Write a paragraph that holds no more."""
        self._write(words, BODY, "S")

    def items(self, lines: Iterable[str], nothing: str) -> None:
        """Write a list, or what to say where there is none."""
        found = list(lines)
        for line in found:
            self._write(f"• {line}", BODY, "")
        if not found:
            self.remark(nothing)

    def grid(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
    ) -> None:
        """Write a table; its head is repeated on each page."""
        self.set_font(FONT, "", SMALL + 1)
        with self.table(
            col_widths=tuple(widths), text_align="LEFT", line_height=4.6, padding=1
        ) as table:
            for cells in (heads, *rows):
                row = table.row()
                for cell in cells:
                    row.cell(self.plain(cell))

    def line_across(self) -> None:
        """Draw a thin line."""
        self.set_draw_color(LIGHT)
        self.line(MARGIN, self.get_y() + 1, self.w - MARGIN, self.get_y() + 1)
        self.ln(2.5)

    def signature(self, words: str) -> None:
        """Leave a line for a name and a time by hand."""
        self.ln(9)
        self.set_draw_color(GREY)
        self.line(MARGIN, self.get_y(), MARGIN + 80, self.get_y())
        self.ln(1)
        self.remark(words)

    def made_bytes(self) -> bytes:
        """Return the file."""
        if self._has_unknown:
            self.ln(2)
            self.remark(UNKNOWN)
        return bytes(self.output())

    def plain(self, words: str) -> str:
        """Return words in signs that the font knows."""
        found = words.translate(SIGNS)
        try:
            found.encode(ENCODING)
        except UnicodeEncodeError:
            self._has_unknown = True
            return "".join(_known(sign) for sign in found)
        return found

    def _write(self, words: str, size: float, style: str) -> None:
        self.set_font(FONT, style, size)
        self.multi_cell(
            0, size * POINT_MM * LINE, self.plain(words), new_x=XPos.LMARGIN, new_y=YPos.NEXT,
            align="L",
        )  # fmt: skip


def _known(sign: str) -> str:
    try:
        sign.encode(ENCODING)
    except UnicodeEncodeError:
        bare = unicodedata.normalize("NFKD", sign)[0]
        return bare if bare != sign and bare.isascii() else "?"
    return sign
