"""Pieces of the page of a municipality."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.associations import association_name
from components.charts.index_lines import IndexLine, index_chart
from components.links import page_link
from components.panel import notice, panel
from components.population import DEFAULT_PERIOD, PERIODS, YEARS, change_in, figure, sum_of
from components.table import Column, Row, data_table
from services.settlement_model import MunicipalityView


def find(municipalities: Sequence[MunicipalityView], ags: str) -> MunicipalityView | None:
    """Return the municipality of an AGS."""
    return next((row for row in municipalities if row.ags == ags), None)


def missing() -> Component:
    """Say that there is no such municipality and lead back."""
    words = "Diese Gemeinde gibt es in dieser Region nicht. Die Liste steht unter Siedlung."
    return html.Div([notice(words, "warn"), html.P(page_link("Alle Gemeinden", urls.SETTLEMENT))])


def headline(row: MunicipalityView) -> str:
    """Say how the municipality changed."""
    change = change_in(row, DEFAULT_PERIOD)
    if change.percent is None:
        return f"{row.name}: {formats.number(change.after)} Einwohner"
    first, last = PERIODS[DEFAULT_PERIOD]
    return f"{row.name}: {formats.percent(change.percent)} Einwohner von {first} bis {last}"


def lead_lines(row: MunicipalityView) -> list[Component]:
    """Show the way back and the plain facts."""
    words = (
        f"{association_name(row.vg)} · {formats.number(row.area_km2, 1)}{formats.NBSP}km²"
        f" · {formats.number(row.density_per_km2)} Einwohner je km²"
        f" · Gemeindeschlüssel {row.ags}"
    )
    return [
        html.P(words, className="intro__sub"),
        html.P(f"Quelle: {row.source}", className="intro__meta"),
    ]


def body(
    row: MunicipalityView, municipalities: Sequence[MunicipalityView], county: MunicipalityView
) -> list[Component]:
    """Show the lines over time and the same figures as a table."""
    group = [other for other in municipalities if other.vg == row.vg]
    lines = [
        IndexLine(row.name, tuple(figure(row, year) for year in YEARS)),
        IndexLine(association_name(row.vg), tuple(sum_of(group, year) for year in YEARS)),
        IndexLine("Kreis", tuple(figure(county, year) for year in YEARS)),
    ]
    return [
        html.Div(
            [
                panel(f"Entwicklung, {YEARS[0]} = 100", index_chart(lines)),
                panel("Einwohner am 31. Dezember", _table(lines)),
            ],
            className="grid grid--halves",
        ),
        _neighbours(row, group),
    ]


def _table(lines: Sequence[IndexLine]) -> Component:
    columns = [
        Column("Jahr"),
        *[Column(line.name, "number", label=f"{line.name}:", card="wide") for line in lines],
    ]
    rows = [
        Row((str(year), *[formats.number(line.figures[index]) for line in lines]))
        for index, year in enumerate(YEARS)
    ]
    return data_table("Einwohner am Jahresende.", columns, rows, variant="dense cards")


def _neighbours(row: MunicipalityView, group: Sequence[MunicipalityView]) -> Component:
    others = [other for other in group if other.ags != row.ags]
    if not others:
        return html.Div()
    rows = [
        Row(
            (
                page_link(other.name, urls.municipality_url(other.ags)),
                formats.number(other.pop_2020),
                formats.percent(change_in(other, DEFAULT_PERIOD).percent),
            )
        )
        for other in others
    ]
    first, last = PERIODS[DEFAULT_PERIOD]
    columns = [
        Column("Gemeinde"),
        Column(f"Einwohner {last}", "number", label=f"{last}:"),
        Column(f"Änderung seit {first}", "number", label=f"seit {first}:", card="wide"),
    ]
    table = data_table(f"{len(rows)} weitere Gemeinden.", columns, rows, variant="dense cards")
    return panel(f"Weitere Gemeinden: {association_name(row.vg)}", table)
