"""Along the river: what lies above and below, as links with state, age, distance and travel."""

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.attributes import attributes
from components.freshness import age_of
from components.links import page_link
from components.panel import panel
from components.river_words import at_river
from components.short_name import gauge_name
from components.states import state_badge
from services.situation.along import Along, Stop

BASIS = "Laufzeiten aus der Entfernung und der üblichen Wellengeschwindigkeit: Schätzung."
NOTHING = {
    "oberhalb": "oberhalb liegt nichts, was hier geführt wird",
    "unterhalb": "unterhalb liegt nichts, was hier geführt wird",
}


def river_nav(rivers: Sequence[Along], now: datetime) -> list[Component]:
    """Offer the way up and down each river; nothing where none is known."""
    if not rivers:
        return []
    parts: list[Component] = []
    for along in rivers:
        sides = html.Div(
            [_side("oberhalb", along.above, now), _side("unterhalb", along.below, now)],
            className="neighbours",
        )
        name = f"Entlang: {along.river_name}"
        heading = html.H3(at_river(along.river_name)) if len(rivers) > 1 else None
        parts.append(html.Nav([heading, sides], **attributes(aria_label=name)))
    return [panel("Am Gewässer weiter", [*parts, html.P(BASIS, className="panel__foot")])]


def _side(title: str, stops: Sequence[Stop], now: datetime) -> Component:
    heading = html.P(html.Strong(title))
    if not stops:
        return html.Div([heading, html.P(NOTHING[title], className="muted")])
    items = [html.Li(html.Div(_item(stop, now))) for stop in stops]
    return html.Div([heading, html.Ol(items, className="plain-list line-list")])


def _item(stop: Stop, now: datetime) -> list[Component | str]:
    name = gauge_name(stop.name) if stop.is_gauge else stop.name
    url = urls.gauge_url(stop.target_id) if stop.is_gauge else urls.village_url(stop.target_id)
    value = f"{formats.quantity(stop.value, stop.unit)}, " if stop.is_gauge else "Messwert "
    way = (
        f"{formats.number(stop.distance_km, 1)}{formats.NBSP}km, Welle"
        f" {formats.duration(stop.travel_p10_min)} bis {formats.duration(stop.travel_p50_min)}"
    )
    aged = html.Span([value, age_of(stop.data_at, now)], className="soft")
    return [
        page_link(name, url),
        " ",
        state_badge(stop.state),
        html.Br(),
        aged if stop.data_at else html.Span("kein Messwert", className="soft"),
        html.Span(f" · {way}", className="soft"),
    ]
