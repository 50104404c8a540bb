"""The list as one HTML file without anything beside it: it opens from a stick, on any machine."""

from collections.abc import Iterable, Sequence
from html import escape

from services.emergency_list.content import (
    CONTACT_HEADS,
    GAUGE_HEADS,
    PLACE_HEADS,
    EmergencyList,
)
from services.printing.document import WATERMARK

STYLE = (
    "body{font:16px/1.35 sans-serif;margin:1rem;color:#000;background:#fff}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}"
    "th,td{border:1px solid #555;padding:.25rem .4rem;text-align:left;vertical-align:top}"
    "thead th{background:#ddd}.drill{border:4px solid #000;padding:.4rem;font-weight:bold;"
    "font-size:1.4rem;text-align:center}@media print{body{font-size:11px}thead{display:"
    "table-header-group}tr{break-inside:avoid}}"
)
NO_ALL_CLEAR = "Keine Daten ist keine Entwarnung."


def as_html(found: EmergencyList) -> str:
    """Return the file."""
    drill = f'<p class="drill">{WATERMARK} – {WATERMARK} – {WATERMARK}</p>'
    mark = drill if found.is_drill else ""
    title = f"{WATERMARK}: {found.title}" if found.is_drill else found.title
    warning = f"<p><strong>{escape(found.warning)}</strong></p>" if found.warning else ""
    return (
        '<!doctype html>\n<html lang="de"><head><meta charset="utf-8">'
        f"<title>{escape(title)} · {escape(found.made)}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head><body>{mark}<h1>{escape(found.title)}</h1>"
        f"<p><strong>{escape(found.made)}</strong></p>{warning}"
        f"<p>{escape(found.headline)} {NO_ALL_CLEAR}</p>"
        f"{_table('Orte nach Dringlichkeit', PLACE_HEADS, found.places)}"
        f"{_table('Pegel', GAUGE_HEADS, found.gauges)}"
        f"{_table('Telefon', CONTACT_HEADS, found.contacts)}{mark}</body></html>\n"
    )


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f"<h2>{escape(caption)}</h2><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )
