"""Open alarms and silent gauges on the wall, short; the whole list is on the page for work."""

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes
from components.freshness import age_of
from components.outage_words import until_words
from components.short_name import gauge_name
from components.states import state_class
from pages.operations._alarm_list import NONE_OPEN, STATES, group_title, severity_badge
from pages.operations._figures import planned_gauges, silent_gauges
from pages.operations._ids import wall_act_id
from pages.operations._wall_rows import wall_rows
from services.alarms.model import Severity
from services.alarms.views import AlarmGroup, Board
from services.flood.model import State
from services.planned_outages.model import OPENING
from services.situation.model import Situation

SHOWN = 4
SILENT_SHOWN = 3
MORE_ONE = "weiterer"
"""Alarm and gauge alike."""


def alarms(board: Board, *, may_act: bool) -> Component:
    """Show how many alarms wait and the most urgent of them, with one key to acknowledge."""
    graver = [alarm for alarm in board.alarms if alarm.severity is not Severity.HINWEIS]
    waiting = [alarm for alarm in graver if alarm.needs_action]
    hints = len(board.alarms) - len(graver)
    worst = max((alarm.severity for alarm in waiting), key=lambda each: each.rank, default=None)
    state = STATES[worst] if worst else State.OK
    head = html.Div(
        [
            html.Span(formats.number(len(waiting)), className="wall-figure number"),
            html.Span(
                f"nicht quittiert · {len(graver)} offen · {_hints(hints)}",
                className="wall-count__words",
            ),
        ],
        className=f"wall-count {state_class(state)}",
        **attributes(data_waiting=" ".join(sorted(alarm.alarm_id for alarm in waiting))),
    )
    groups = [group for group in board.groups if group.severity is not Severity.HINWEIS]
    if not groups:
        return html.Div([head, html.P(NONE_OPEN)])
    first = sorted(groups, key=lambda group: (not group.waiting, -group.severity.rank))
    rows = [
        html.Li(_row(group, board, may_act=may_act and number == 0))
        for number, group in enumerate(first[:SHOWN])
    ]
    return html.Div([head, *wall_rows(rows, len(groups), MORE_ONE)])


def _hints(count: int) -> str:
    return "1 Hinweis" if count == 1 else f"{count} Hinweise"


def _row(group: AlarmGroup, board: Board, *, may_act: bool) -> Component:
    waiting = group.waiting
    oldest = min(group.alarms, key=lambda alarm: alarm.opened_at)
    if not waiting:
        standing: Component | str = f"quittiert von {group.first.acknowledged_by}"
    elif group.river_id:
        standing = html.Strong(f"{len(waiting)} von {len(group.alarms)} nicht quittiert")
    else:
        standing = html.Strong("nicht quittiert")
    since: list[Component | str] = [
        f" · seit {formats.brief(oldest.opened_at, board.now)} (",
        age_of(oldest.opened_at, board.now),
        ")",
    ]
    name = group_title(group)
    parts: list[Component] = [
        html.Div([severity_badge(group.severity), html.Strong(name)], className="wall-row__head"),
        html.Div([standing, *since], className="wall-row__more"),
    ]
    if may_act and waiting:
        alarm = waiting[0]
        parts.append(
            html.Button(
                [f"{alarm.name} quittieren ", html.Kbd("q")],
                id=wall_act_id(alarm.alarm_id, alarm.version),
                type="button",
                className="btn btn-sm btn-primary wall-row__act",
                **attributes(data_acknowledge="1"),
            )
        )
    return html.Article(
        parts,
        className=f"wall-row {state_class(STATES[group.severity])}",
        tabIndex=0,
        **attributes(data_alarm=group.first.alarm_id, aria_label=name),
    )


def quiet(situation: Situation) -> Component:
    """Count the gauges that should speak and don't; name them with the age of their last word."""
    found = silent_gauges(situation)
    known = sum(gauge.is_connected for gauge in situation.gauges)
    state = State.UNBEKANNT if found else State.OK
    now = situation.clock.now
    head = html.Div(
        [
            html.Span(formats.number(len(found)), className="wall-figure number"),
            html.Span(f"von {known} Pegeln stumm", className="wall-count__words"),
        ],
        className=f"wall-count {state_class(state)}",
    )
    rows = [
        html.Li(
            [
                html.Strong(gauge_name(gauge.name)),
                html.Span(
                    [
                        f" {formats.quantity(gauge.value, gauge.unit)}, ",
                        age_of(gauge.observed_at, now),
                    ]
                ),
            ]
        )
        for gauge in found[:SILENT_SHOWN]
    ]
    listed = wall_rows(rows, len(found), MORE_ONE) if rows else []
    return html.Div([head, *listed, _planned(situation)])


def _planned(situation: Situation) -> Component | None:
    """Name the gauges that are out of service on purpose, with the end of it."""
    now = situation.clock.now
    told = [
        f"{gauge_name(gauge.name)} ({until_words(gauge.outage, now)})"
        for gauge in planned_gauges(situation)
        if gauge.outage is not None
    ]
    if not told:
        return None
    return html.P(f"{OPENING}: {', '.join(told)}", className="wall-more")
