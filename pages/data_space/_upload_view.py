"""What /daten/hochladen says: the beginning of a table, and what an import gives."""

from dash import dcc, html
from dash.development.base_component import Component

from components import formats, urls
from components.links import file_link
from components.panel import notice, panel
from components.table import Column, Row, data_table
from pages.data_space._upload_words import stream_words
from services.tables.assignment import SERIES, Assignment
from services.tables.mapping import MOST_REASONS
from services.tables.service import ImportReport, Preview
from services.tables.uploads import StreamChoice

CELL_MAX = 60
DELIMITERS = {";": "Semikolon", ",": "Komma", "\t": "Tabulator", "|": "senkrechter Strich"}
ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
WITH_A_PAGE = frozenset({"stage", "discharge"})
"""What the page of a gauge draws."""


def preview_panel(found: Preview) -> Component:
    """Show the first rows, how they were read, and what they seem to be."""
    caption = f"Die ersten {len(found.head)} von {formats.number(found.rows)} Zeilen"
    columns = [Column(name) for name in found.columns]
    rows = [Row(tuple(_short(cell) for cell in cells)) for cells in found.head]
    table = data_table(caption, columns, rows, variant="dense")
    sentence = html.P(f"{_read_as(found)} {_guessed(found)}")
    return panel("2. Vorschau", [sentence, *(notice(hint, "warn") for hint in found.hints), table])


def said(report: ImportReport) -> str:
    """Say in a sentence or two what was found and whether it is stored."""
    words = (
        f"Brauchbar: {formats.number(report.usable)} von {formats.number(report.rows)} Zeilen, "
        f"abgewiesen: {formats.number(report.rows - report.usable)}."
    )
    if not report.is_stored:
        return f"{words} Gespeichert ist noch nichts."
    same = report.usable - report.changed
    taken = (
        f"{words} Übernommen. Neu oder geändert: {formats.number(report.changed)}, schon so "
        f"vorhanden: {formats.number(same)}."
    )
    if not report.reflagged:
        return taken
    return f"{taken} Bei {formats.number(report.reflagged)} älteren änderte sich das Prüfmerkmal."


def checking(rows: int) -> str:
    """Say how many rows are looked at now."""
    return f"{formats.number(rows)} Zeilen werden geprüft …"


def result(report: ImportReport, target: Component | None) -> list[Component]:
    """Show where the values are and which rows were refused, with reason."""
    parts: list[Component] = [] if target is None else [target]
    if not report.refused:
        return parts
    counted = sorted(report.reasons.items(), key=lambda item: (-item[1], item[0]))
    reasons = [Row((reason, formats.number(count))) for reason, count in counted]
    columns = [Column("Grund"), Column("Zeilen", "number", card="right")]
    parts.append(data_table("Abgewiesen nach Grund", columns, reasons, variant="dense cards"))
    rows = [Row((formats.number(item.row), item.reason)) for item in report.refused]
    total = report.rows - report.usable
    few = "" if total <= MOST_REASONS else f", die ersten {MOST_REASONS}"
    caption = f"Abgewiesene Zeilen{few}; gezählt wie in einer Tabellenkalkulation"
    columns = [Column("Zeile"), Column("Grund", card="wide", label="Grund:")]
    parts.append(data_table(caption, columns, rows, variant="dense cards"))
    return parts


def where(chosen: Assignment, streams: tuple[StreamChoice, ...]) -> Component:
    """Say where stored values are now, with a link where a page shows them."""
    if chosen.kind != SERIES:
        words = (
            f"Die Werte stehen jetzt im Datenraum unter dem Indikator „{chosen.title}“ (Kennung "
            f"{chosen.indicator_id}). Was vorher galt, bleibt mit seinem Zeitpunkt erhalten."
        )
        link = file_link("Werte ansehen (JSON)", urls.indicator(chosen.indicator_id))
        return notice(html.P([words, " ", link]))
    stream = next((item for item in streams if item.key == chosen.datastream), None)
    if stream is None:
        return notice(f"Die Werte stehen jetzt in der Messreihe {chosen.datastream}.")
    words = (
        f"Die Werte stehen jetzt in der Messreihe {stream_words(stream)}, jeder mit Prüfmerkmal."
    )
    if not (stream.is_own and stream.observed_property in WITH_A_PAGE):
        return notice(words)
    address = urls.gauge_url(stream.key.partition("/")[0])
    return notice(html.P([words, " ", dcc.Link(f"Zum Pegel {stream.thing_name}", href=address)]))


def _read_as(found: Preview) -> str:
    if not found.delimiter:
        return "Gelesen als Excel-Tabelle."
    delimiter = DELIMITERS.get(found.delimiter, found.delimiter)
    return (
        f"Gelesen als {ENCODINGS.get(found.encoding, found.encoding)}, getrennt durch {delimiter}."
    )


def _guessed(found: Preview) -> str:
    guess = found.guess
    if guess.is_indicator:
        return f"Vermutlich Werte je Gemeinde: „{guess.ags_column}“ sieht nach Schlüsseln aus."
    if guess.time_column:
        words = f"Vermutlich eine Messreihe: „{guess.time_column}“ sieht nach Zeiten aus."
        return f"{words} {_stations(found)}".rstrip()
    return "Welche Spalten gemeint sind, ließ sich nicht erraten. Bitte wählen Sie sie aus."


def _stations(found: Preview) -> str:
    if len(found.stations) < 2:  # noqa: PLR2004  # one station needs no choice
        return ""
    some = ", ".join(found.stations[:5])
    more = "" if len(found.stations) <= 5 else " und weitere"  # noqa: PLR2004
    return (
        f"„{found.guess.station_column}“ nennt mehrere Stationen ({some}{more}): Bitte wählen Sie "
        "die eine, deren Zeilen gemeint sind; die anderen werden ausgelassen."
    )


def _short(cell: str) -> str:
    return cell if len(cell) <= CELL_MAX else f"{cell[: CELL_MAX - 1]}…"
