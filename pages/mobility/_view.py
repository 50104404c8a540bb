"""Pieces of /mobilitaet."""

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.attributes import attributes
from components.charts.stops import stops_chart
from components.links import file_link, page_link
from components.maps.map_view import map_view
from components.panel import panel
from components.sorting import Key, in_order
from components.supply import rows_by_association
from components.table import Column, Row, data_table
from pages.mobility import _ids as ids
from pages.mobility._state import MobilityState
from services.settlement_model import MunicipalityView, StopSupplyView

MAP_LABEL = "Karte der Haltestellen je 1.000 Einwohner; die Tabelle darunter enthält dasselbe"
NO_TIMETABLE = (
    "Kein Fahrplan: Gezählt werden Haltestellen, nicht Abfahrten."
    " Wie oft ein Bus fährt, sagt diese Seite nicht."
)


def total_of(row: StopSupplyView) -> int:
    """Return all stops of a municipality."""
    return row.bus + row.rail + row.other


KEYS: dict[str, Callable[[StopSupplyView], Key]] = {
    "name": lambda row: row.name,
    "vg": lambda row: row.vg,
    "bus": lambda row: row.bus,
    "rail": lambda row: row.rail,
    "other": lambda row: row.other,
    "total": total_of,
    "per_1000": lambda row: row.per_1000,
}


def headline(supply: Sequence[StopSupplyView]) -> str:
    """Say the one message in figures."""
    total = sum(total_of(row) for row in supply)
    served = sum(total_of(row) > 0 for row in supply)
    return f"{formats.number(total)} Haltestellen in {served} von {len(supply)} Gemeinden"


def lead_lines(supply: Sequence[StopSupplyView], attribution: str) -> list[Component]:
    """Continue the message: kinds, who has none, source."""
    without = [row.name for row in supply if total_of(row) == 0]
    rail = sum(row.rail > 0 for row in supply)
    words = f"{rail} Gemeinden haben Bahnhof oder Haltepunkt."
    if without:
        words += f" Keine Haltestelle ist bekannt in {', '.join(without)}."
    return [
        html.P(f"{words} {NO_TIMETABLE}", className="intro__sub"),
        html.P(attribution, className="intro__meta"),
    ]


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


def charts(
    supply: Sequence[StopSupplyView], municipalities: Sequence[MunicipalityView]
) -> list[Component]:
    """Show the stops by association, and the ends of the ranking."""
    people = {row.ags: row.pop_2020 for row in municipalities}
    return [
        panel("Nach Verbandsgemeinde", stops_chart(rows_by_association(supply, people))),
        panel("Am dichtesten, am dünnsten", _ends(supply), hint="Haltestellen je 1.000 Einwohner"),
    ]


ENDS = 5
NONE_KNOWN = "keine bekannt"
"""The sources list no stop: that is less than a counted nought."""


def _ends(supply: Sequence[StopSupplyView]) -> Component:
    known = sorted(
        (row for row in supply if row.per_1000 is not None), key=lambda row: -(row.per_1000 or 0.0)
    )
    return html.Div(
        [_end_list("am dichtesten", known[:ENDS]), _end_list("am dünnsten", known[-ENDS:])],
        className="neighbours",
    )


def _end_list(title: str, rows: Sequence[StopSupplyView]) -> Component:
    items = [
        html.Li(
            [
                page_link(row.name, urls.municipality_url(row.ags)),
                html.Strong(
                    formats.number(row.per_1000, 1) if total_of(row) else NONE_KNOWN,
                    className="number",
                ),
            ]
        )
        for row in rows
    ]
    return html.Div([html.H3(title), html.Ul(items, className="plain-list line-list")])


def selection(supply: Sequence[StopSupplyView], picked: dict[str, str] | None) -> Component:
    """Describe the municipality that was clicked."""
    wanted = (picked or {}).get("id")
    row = next((row for row in supply if row.ags == wanted), None)
    if row is None:
        return html.P("Eine Gemeinde auf der Karte auswählen.", className="muted")
    if not total_of(row):
        words = ": keine Haltestelle bekannt"
        return html.P([page_link(row.name, urls.municipality_url(row.ags)), words])
    words = (
        f": {formats.number(row.bus)} Bus, {formats.number(row.rail)} Bahn,"
        f" {formats.number(row.other)} andere; {formats.number(row.per_1000, 1)} je 1.000 Einwohner"
    )
    return html.P([page_link(row.name, urls.municipality_url(row.ags)), words])


def table(supply: Sequence[StopSupplyView], state: MobilityState) -> Component:
    """Show every municipality."""
    columns = [
        Column("Gemeinde", sort_key="name"),
        Column("Verbandsgemeinde", sort_key="vg", card="right"),
        Column("Bus", "number", label="Bus:", sort_key="bus"),
        Column("Bahn", "number", label="Bahn:", sort_key="rail"),
        Column("andere", "number", label="andere:", sort_key="other"),
        Column("zusammen", "number", label="zusammen:", sort_key="total"),
        Column("je 1.000 Einwohner", "number", label="je 1.000 Einwohner:", sort_key="per_1000"),
    ]
    ordered = in_order(supply, KEYS[state.sorting.key], descending=state.sorting.descending)
    rows = [
        Row(
            (
                page_link(row.name, urls.municipality_url(row.ags)),
                row.vg,
                formats.number(row.bus),
                formats.number(row.rail),
                formats.number(row.other),
                formats.number(total_of(row)) if total_of(row) else NONE_KNOWN,
                formats.number(row.per_1000 if total_of(row) else None, 1),
            )
        )
        for row in ordered
    ]
    content = html.Div(
        data_table(
            f"{len(rows)} Gemeinden; Spaltenköpfe sortieren.",
            columns,
            rows,
            state.sorting,
            variant="dense cards",
        ),
        className="table-scroll",
        tabIndex=0,
        role="region",
        **attributes(aria_label="Tabelle der Gemeinden"),
    )
    return panel("Alle Gemeinden", content, hint=file_link("als CSV", urls.STOPS_CSV))
