"""The table of endangered places: the equal of the map, sorted by the time that is left."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.charts.usable_bar import bar_head, scale_of, usable_bar
from components.panel import panel
from components.silence import calm_sentence, places_and_rows
from components.states import WARNED
from components.table import Column, Row, data_table
from components.village_parts import (
    ORDER_WORDS,
    arrival_cell,
    basis_cell,
    name_cell,
    usable_cell,
    village_badge,
)
from services.situation.model import Situation, VillageView
from services.situation.urgency import urgency

HINT = (
    "nutzbar = früheste Ankunft der genannten Stufe minus 5 Min. Zustellung und 15 Min."
    " Entscheidung; Ankunft: 8 von 10 Verläufen liegen im Bereich"
)


def warned_villages(situation: Situation) -> list[VillageView]:
    """Return exposed places with a warning, the most urgent first."""
    found = [v for v in situation.villages if v.state in WARNED and v.exposed]
    return sorted(found, key=urgency(situation.clock.now))


def table_panel(situation: Situation) -> Component:
    """Show the endangered places, or say that there are none."""
    warned = warned_villages(situation)
    if not warned:
        words = calm_sentence(situation.villages)
        return panel("Gefährdete Orte", html.P(words, className="panel__sentence"))
    return panel("Gefährdete Orte", village_table(warned, situation), hint=HINT)


def village_table(villages: Sequence[VillageView], situation: Situation) -> Component:
    """Show places with state, arrival, usable time and basis."""
    scale = scale_of(_likely(village) for village in villages)
    now, as_of = situation.clock.now, situation.run_at or situation.clock.now
    columns = [
        Column("Ort"),
        Column("Zustand", card="right"),
        Column("Ankunft der Stufe", card="wide", label="Ankunft der Stufe"),
        Column("nutzbar, mindestens", "number", card="wide", label="mindestens nutzbar"),
        Column(bar_head(scale), "bar"),
        Column("worauf es beruht", card="wide"),
    ]
    rows = [
        Row(
            (
                name_cell(village),
                village_badge(village),
                arrival_cell(village, now),
                usable_cell(village, as_of),
                usable_bar(_least(village), _likely(village), scale),
                basis_cell(village, now),
            ),
            state=village.state.value,
        )
        for village in villages
    ]
    caption = f"{places_and_rows(villages)}, {ORDER_WORDS}."
    return data_table(caption, columns, rows, variant="cards wide")


def _least(village: VillageView) -> float | None:
    return village.result.usable_p10_min if village.result else None


def _likely(village: VillageView) -> float | None:
    return village.result.usable_p50_min if village.result else None
