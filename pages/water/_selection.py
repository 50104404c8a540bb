"""What was clicked on the map, in words."""

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.freshness import age_of
from components.level_words import arrival_words, until_words
from components.links import page_link
from components.states import state_badge
from components.village_parts import usable_words, village_badge
from services.situation.model import GaugeView, Situation, VillageView


def selection(situation: Situation, picked: dict[str, str] | None) -> Component:
    """Describe what was clicked; before a click, say that one may."""
    kind, wanted = (picked or {}).get("kind"), (picked or {}).get("id")
    if kind == "gauge":
        gauge = next((g for g in situation.gauges if g.gauge_id == wanted), None)
        if gauge:
            return _gauge_selection(gauge, situation)
    villages = [v for v in situation.villages if kind == "village" and v.place_id == wanted]
    if villages:
        return html.Div([_village_selection(village, situation) for village in villages])
    return html.P("Einen Ort oder Pegel auf der Karte auswählen.", className="muted")


def _village_selection(village: VillageView, situation: Situation) -> Component:
    return html.P(
        [
            page_link(f"{village.name} ({village.river_name})", urls.village_url(village.place_id)),
            " ",
            village_badge(village),
            f" Ankunft: {arrival_words(village, situation.clock.now)}, mindestens nutzbar: ",
            html.Strong(f"{usable_words(village)} {until_words(village)}".strip()),
        ]
    )


def _gauge_selection(gauge: GaugeView, situation: Situation) -> Component:
    return html.P(
        [
            page_link(f"{gauge.name} ({gauge.river_name})", urls.gauge_url(gauge.gauge_id)),
            " ",
            state_badge(gauge.state),
            " ",
            html.Strong(formats.quantity(gauge.value, gauge.unit)),
            f", {formats.per_hour(gauge.trend_per_h, gauge.unit)}, ",
            age_of(gauge.observed_at, situation.clock.now),
        ]
    )
