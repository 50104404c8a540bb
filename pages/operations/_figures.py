"""The three figures that a duty officer acts on, big enough for a room."""

from dash import html
from dash.development.base_component import Component

from components import formats
from components.level_words import left_words
from components.states import state_class
from components.village_parts import usable_countdown
from pages.operations._alarm_list import STATES
from services.alarms.model import Severity
from services.alarms.views import Board
from services.flood.model import State
from services.planned_outages.model import WORD
from services.situation.model import GaugeView, Situation, VillageView
from services.situation.urgency import urgency


def figures(situation: Situation, board: Board) -> Component:
    """Show what waits for an acknowledgement, the shortest usable time, and what is silent."""
    return html.Div(
        [_waiting(board), _shortest(situation), _silent(situation)], className="figures"
    )


def shortest(situation: Situation) -> VillageView | None:
    """Return the warned place with the shortest time; what comes first in the order of urgency."""
    found = [
        village
        for village in situation.villages
        if village.result is not None and village.result.usable_p10_min is not None
    ]
    warned = [v for v in found if v.state in {State.VORALARM, State.WARNUNG, State.ALARM}]
    return min(warned, key=urgency(situation.clock.now), default=None)


def silent_gauges(situation: Situation) -> list[GaugeView]:
    """Return the gauges that should speak and don't."""
    return [gauge for gauge in situation.gauges if gauge.is_missed]


def planned_gauges(situation: Situation) -> list[GaugeView]:
    """Return the gauges that are out of service on purpose."""
    return [gauge for gauge in situation.gauges if gauge.outage is not None]


def _waiting(board: Board) -> Component:
    graver = [alarm for alarm in board.alarms if alarm.severity is not Severity.HINWEIS]
    waiting = [alarm for alarm in graver if alarm.needs_action]
    worst = max(
        (alarm.severity for alarm in waiting),
        key=lambda severity: severity.rank,
        default=None,
    )
    state = State.OK if worst is None else STATES[worst]
    ending = "Alarm" if len(waiting) == 1 else "Alarme"
    label = f"{ending} nicht quittiert, {len(graver)} offen"
    return _figure(formats.number(len(waiting)), label, state)


def _shortest(situation: Situation) -> Component:
    village = shortest(situation)
    if village is None:
        return _figure("–", "kein Ort mit Ankunft einer Stufe", situation.worst)
    as_of = situation.run_at or situation.clock.now
    number = usable_countdown(village, as_of)
    return _figure(number, f"{village.name}: {left_words(village)}", village.state)


def _silent(situation: Situation) -> Component:
    count = len(silent_gauges(situation))
    known = sum(gauge.is_connected for gauge in situation.gauges)
    planned = len(planned_gauges(situation))
    label = f"von {known} Pegeln {'meldet' if count == 1 else 'melden'} nicht"
    if planned:
        label += f", {planned} {WORD}"
    return _figure(formats.number(count), label, State.UNBEKANNT if count else State.OK)


def _figure(number: Component | str, label: str, state: State) -> Component:
    return html.Div(
        [
            html.Div(number, className="figure__number number"),
            html.Div(label, className="figure__label"),
        ],
        className=f"figure {state_class(state)}",
    )
