"""What was clicked on the map, in words."""

from collections.abc import Sequence
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.freshness import age_of
from components.impact_parts import when_words
from components.level_words import arrival_words, until_words
from components.links import page_link
from components.object_parts import CUT_OFF, OBJECT_KINDS
from components.object_parts import ESTIMATE as OBJECT_ESTIMATE
from components.states import state_badge
from components.village_parts import usable_words, village_badge
from services.objects_at_risk.model import ObjectView
from services.situation.model import GaugeView, Situation, VillageView


def selection(
    situation: Situation, picked: dict[str, str] | None, objects: Sequence[ObjectView] = ()
) -> Component:
    """Describe what was clicked; before a click, say that one may."""
    kind, wanted = (picked or {}).get("kind"), (picked or {}).get("id")
    if kind == "gauge":
        gauge = next((g for g in situation.gauges if g.gauge_id == wanted), None)
        if gauge:
            return _gauge_selection(gauge, situation)
    chosen = next((o for o in objects if kind == "object" and o.object_id == wanted), None)
    if chosen:
        return _object_selection(chosen, situation)
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


def _object_selection(found: ObjectView, situation: Situation) -> Component:
    shape, word = CUT_OFF[found.reach]
    return html.P(
        [
            page_link(found.name, f"{urls.OBJECTS}?{urlencode({'art': found.kind})}"),
            f" ({OBJECT_KINDS.get(found.kind, found.kind)}) ",
            html.Strong(word, className=f"state--{shape}"),
            f": {when_words(found, situation.clock.now)}",
            f". {OBJECT_ESTIMATE}." if found.provisional else ".",
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
