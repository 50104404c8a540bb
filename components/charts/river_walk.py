"""The Laufzeitdiagramm with its sentence and its table."""

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.charts.river_walk_svg import NARROW, WIDE, Variant, river_walk_svg
from components.charts.walk_names import GAUGE
from components.inline_svg import inline_svg
from components.level_words import any_time_until
from components.links import page_link
from components.silence import NO_ALL_CLEAR
from components.states import WARNED, state_badge
from components.table import Column, Row, data_table
from services.flood.model import State
from services.situation.rivers import RiverWalk, WalkPoint


def river_walk(walk: RiverWalk) -> Component:
    """Show when the wave passes the gauges and places of a river."""
    about = describe(walk)
    if not walk.points:
        return html.P(about, className="muted")
    drawings = [
        inline_svg(river_walk_svg(walk, variant, about), name)
        for variant, name in ((WIDE, "chart__wide"), (NARROW, "chart__narrow"))
    ]
    key = [
        html.Li([html.Span(className="key key--band"), "8 von 10 Verläufen treffen hier ein"]),
        html.Li(
            "Balken am Ort: frühestens bis spätestens (blass: Ende offen), Strich: wahrscheinlich"
        ),
    ]
    return html.Figure(
        [
            html.P(about, className="panel__sentence"),
            *drawings,
            html.Ul(key, className="chart-key"),
            _table(walk),
        ],
        className="chart",
    )


def river_walk_drawing(walk: RiverWalk, variant: Variant = WIDE) -> Component:
    """Show the drawing alone with its sentence, for a wall; the table is on the page for work."""
    about = describe(walk)
    if not walk.points:
        return html.P(about, className="muted")
    drawing = inline_svg(river_walk_svg(walk, variant, about))
    return html.Div([html.P(about, className="sr-only"), html.Div(drawing, className="chart")])


def describe(walk: RiverWalk) -> str:
    """Say which place the wave reaches first and last."""
    known = [p for p in walk.points if p.earliest and p.kind != GAUGE]
    if not walk.points:
        return f"Für {walk.river_name} sind keine Orte eingetragen."
    if not known:
        return f"{walk.river_name}: {_calm(walk)}"
    ordered = sorted(known, key=lambda point: (point.earliest or walk.now, -point.river_km))
    over = [point for point in ordered if _is_over(point, walk)]
    ahead = [point for point in ordered if not _is_over(point, walk)]
    coming = ", ".join(f"{point.label} {_when(point, walk)}" for point in _ends(ahead))
    if not over:
        return f"{walk.river_name}: Die Welle erreicht {coming}."
    passed = f"{walk.river_name}: Die Welle hat {over[-1].label} schon erreicht."
    return f"{passed} Sie erreicht {coming}." if coming else passed


def _ends(points: Sequence[WalkPoint]) -> list[WalkPoint]:
    return [points[0], points[-1]] if len(points) > 1 else list(points)


def _is_over(point: WalkPoint, walk: RiverWalk) -> bool:
    return point.latest is not None and point.latest <= walk.now


def _calm(walk: RiverWalk) -> str:
    """Say calm only for places that readings speak for."""
    places = [point for point in walk.points if point.kind != GAUGE]
    unknown = sum(point.state is State.UNBEKANNT for point in places)
    if any(point.state in WARNED for point in places):
        return "Warnungen bestehen, eine Ankunft ist nicht berechnet."
    if unknown == len(places):
        return f"Für keinen Ort gibt es eine Aussage. {NO_ALL_CLEAR}"
    calm = "In den nächsten Stunden ist keine Welle zu erwarten"
    if unknown:
        return f"{calm}; für {unknown} von {len(places)} Orten gibt es keine Aussage."
    return f"{calm}."


def _when(point: WalkPoint, walk: RiverWalk) -> str:
    """Write the interval of a point that is not over; what has begun reads as in the tables."""
    if point.earliest is not None and point.earliest <= walk.now:
        latest = point.latest
        return any_time_until(latest, walk.now) if latest else "jederzeit (Ende offen)"
    words = formats.interval(point.earliest, point.latest, walk.now)
    return f"zwischen {words.replace(' – ', ' und ')}" if point.latest else words


def _table(walk: RiverWalk) -> Component:
    rows = [
        Row(
            (
                _name(point),
                f"{formats.number(point.river_km, 1)}{formats.NBSP}km",
                state_badge(point.state),
                _time(walk, point.earliest),
                _time(walk, point.likely),
                _time(walk, point.latest),
            )
        )
        for point in sorted(walk.points, key=lambda point: -point.river_km)
    ]
    columns = [
        Column("Pegel oder Ort"),
        Column("Kilometer bis Mündung", "number", label="Flusskilometer"),
        Column("Zustand"),
        Column("frühestens", "number", label="frühestens"),
        Column("wahrscheinlich", "number", label="wahrscheinlich"),
        Column("spätestens", "number", label="spätestens"),
    ]
    table = data_table(
        f"{walk.river_name}, von der Quelle zur Mündung.", columns, rows, variant="dense cards"
    )
    return html.Details(
        [html.Summary("Laufzeiten als Tabelle"), table], className="disclosure chart-table"
    )


def _name(point: WalkPoint) -> Component:
    is_gauge = point.kind == GAUGE
    url = urls.gauge_url(point.target_id) if is_gauge else urls.village_url(point.target_id)
    return page_link(point.label, url)


def _time(walk: RiverWalk, at: datetime | None) -> str:
    return formats.moment(at, walk.now) if at else formats.MISSING
