"""Pieces of /siedlung."""

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.attributes import attributes
from components.charts.population import ranking_chart, strips_chart
from components.links import file_link, page_link
from components.maps.map_view import map_view
from components.panel import panel
from components.population import PERIODS, Change
from components.sorting import Key, in_order
from components.table import Column, Row, data_table
from pages.settlement import _ids as ids
from pages.settlement._state import SettlementState
from services.settlement_model import BoundarySet

MAP_LABEL = "Karte der Bevölkerungsänderung; die Tabelle darunter enthält dieselben Angaben"
SOURCE = (
    "Quelle: Statistisches Bundesamt, Gemeindeverzeichnis (Bevölkerung jeweils am 31. Dezember);"
    " Vervielfältigung und Verbreitung mit Quellenangabe gestattet."
)
BREAK = (
    " 2011 kann auf einer anderen Volkszählung beruhen als die späteren Jahre:"
    " Ein Teil der Änderung ist dann ein Bruch der Statistik."
)
KEYS: dict[str, Callable[[Change], Key]] = {
    "name": lambda change: change.municipality.name,
    "vg": lambda change: change.municipality.vg,
    "before": lambda change: change.before,
    "after": lambda change: change.after,
    "people": lambda change: change.people,
    "percent": lambda change: change.percent,
    "density": lambda change: change.municipality.density_per_km2,
}


def county_percent(changes: Sequence[Change]) -> float | None:
    """Return the change of the sum; None as soon as one figure is missing."""
    if not changes or any(change.people is None for change in changes):
        return None
    before = sum(change.before or 0 for change in changes)
    return 100.0 * sum(change.people or 0 for change in changes) / before if before else None


def headline(changes: Sequence[Change], period: str) -> str:
    """Say the one message in figures."""
    first, last = PERIODS[period]
    known = [change for change in changes if change.percent is not None]
    growing = sum((change.percent or 0.0) > 0 for change in known)
    mean = county_percent(changes)
    if mean is None:
        return f"{growing} von {len(known)} Gemeinden wuchsen von {first} bis {last}"
    verb = "wuchs" if mean > 0 else "schrumpfte"
    share = formats.number(abs(mean), 1)
    return (
        f"Der Kreis {verb} von {first} bis {last} um {share}{formats.NBSP}% –"
        f" {growing} von {len(known)} Gemeinden wuchsen"
    )


def lead_lines(changes: Sequence[Change], period: str, boundaries: BoundarySet) -> list[Component]:
    """Continue the message: people, source, breaks."""
    first, last = PERIODS[period]
    before, after = _sum(changes, "before"), _sum(changes, "after")
    lines: list[Component] = []
    if before is not None and after is not None:
        words = (
            f"{formats.number(before)} Einwohner Ende {first}, {formats.number(after)} Ende {last}:"
            f" {formats.signed(after - before)}."
        )
        lines.append(html.P(words, className="intro__sub"))
    note = SOURCE + (BREAK if first == min(PERIODS.values())[0] else "")
    schematic = " Gemeindegrenzen schematisch." if boundaries.is_schematic else ""
    lines.append(html.P(note + schematic, className="intro__meta"))
    return lines


def _sum(changes: Sequence[Change], end: str) -> int | None:
    figures = [getattr(change, end) for change in changes]
    return None if any(figure is None for figure in figures) else sum(figures)


def map_panel() -> Component:
    """Place the map with its legend and selection."""
    return panel(
        "Karte",
        [
            map_view(ids.MAP, MAP_LABEL),
            html.Div(id=ids.LEGEND),
            html.Div(id=ids.SELECTION, className="map-selection", role="status"),
        ],
        hint="auswählen zeigt eine Gemeinde",
    )


def charts(changes: Sequence[Change], period: str) -> list[Component]:
    """Show all municipalities by rank and by association."""
    first, last = PERIODS[period]
    return [
        panel(f"Rangfolge {first} bis {last}", ranking_chart(changes, county_percent(changes))),
        panel("Nach Verbandsgemeinde", strips_chart(changes)),
    ]


def selection(changes: Sequence[Change], picked: dict[str, str] | None) -> Component:
    """Describe the municipality that was clicked."""
    wanted = (picked or {}).get("id")
    found = next((change for change in changes if change.municipality.ags == wanted), None)
    if found is None:
        return html.P("Eine Gemeinde auf der Karte auswählen.", className="muted")
    name = found.municipality.name
    words = (
        f": {formats.percent(found.percent)}, {formats.number(found.before)} →"
        f" {formats.number(found.after)} Einwohner ({found.municipality.vg})"
    )
    return html.P([page_link(name, urls.municipality_url(found.municipality.ags)), words])


def table(changes: Sequence[Change], state: SettlementState) -> Component:
    """Show every municipality."""
    first, last = PERIODS[state.zeitraum]
    columns = [
        Column("Gemeinde", sort_key="name"),
        Column("Verbandsgemeinde", sort_key="vg", card="right"),
        Column(str(first), "number", label=f"{first}:", sort_key="before"),
        Column(str(last), "number", label=f"{last}:", sort_key="after"),
        Column("Änderung", "number", label="Änderung:", sort_key="people"),
        Column("in Prozent", "number", label="in Prozent:", sort_key="percent"),
        Column("je km²", "number", label="je km²:", sort_key="density"),
    ]
    key = KEYS[state.sorting.key]
    ordered = in_order(changes, key, descending=state.sorting.descending)
    rows = [Row(_cells(change)) for change in ordered]
    caption = f"{len(rows)} Gemeinden; Spaltenköpfe sortieren."
    content = html.Div(
        data_table(caption, columns, rows, state.sorting, variant="dense cards"),
        className="table-scroll",
        tabIndex=0,
        role="region",
        **attributes(aria_label="Tabelle der Gemeinden"),
    )
    return panel("Alle Gemeinden", content, hint=file_link("als CSV", urls.MUNICIPALITIES_CSV))


def _cells(change: Change) -> tuple[Component | str, ...]:
    row = change.municipality
    return (
        page_link(row.name, urls.municipality_url(row.ags)),
        row.vg,
        formats.number(change.before),
        formats.number(change.after),
        formats.signed(change.people),
        formats.percent(change.percent),
        formats.number(row.density_per_km2),
    )
