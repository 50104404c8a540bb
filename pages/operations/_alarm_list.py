"""The open alarms: severity, since, age, who has it, whom it calls next, one key to acknowledge."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes
from components.freshness import age_of, time_until
from components.panel import disclosure
from components.states import mark, state_class
from pages.operations import _ids as ids
from pages.operations._remarks import remark_lines, remarks_of
from services.alarms.model import Rule, Severity, Standing
from services.alarms.views import AlarmGroup, AlarmView, Board
from services.alarms.words import SEVERITY_WORDS, rule_words
from services.flood.model import State

STATES = {
    Severity.HINWEIS: State.UNBEKANNT,
    Severity.VORALARM: State.VORALARM,
    Severity.WARNUNG: State.WARNUNG,
    Severity.ALARM: State.ALARM,
}
NAMED = 4
"""Places that the line of a river names."""
NONE_OPEN = "Kein Alarm ist offen."
ONLY_HINTS = "Kein Alarm ist offen, nur Hinweise."
NO_DATA = "Dazu gibt es zurzeit keine Daten: Der Alarm bleibt bestehen."

EASING: Mapping[str, str] = {
    Rule.LEVEL: "klingt ab: Zurzeit wird die Stufe weder gemessen noch erwartet",
    Rule.RISE: "der Anstieg lässt nach, der Wasserstand kann weiter hoch sein",
    Rule.SILENT: "der Pegel meldet wieder",
    Rule.DEVICE: "das Gerät meldet wieder",
}
"""What a condition that no longer holds says, by its rule: no more than the rule knows."""
EASING_ELSE = "zurzeit besteht die Ursache nicht mehr"


def alarm_list(board: Board, *, may_act: bool) -> Component:
    """Show all open alarms, the most urgent first."""
    if not board.groups:
        return html.P(NONE_OPEN, className="panel__sentence")
    hints = [group for group in board.groups if group.severity is Severity.HINWEIS]
    graver = [group for group in board.groups if group.severity is not Severity.HINWEIS]
    waiting = sum(len(group.waiting) for group in hints)
    count = sum(len(group.alarms) for group in hints)
    words = f"{count} Hinweise" if count != 1 else "1 Hinweis"
    parts: list[Component] = [
        _rows(graver, board.now, may_act=may_act) if graver else html.P(ONLY_HINTS)
    ]
    if hints:
        content = _rows(hints, board.now, may_act=may_act)
        summary = f"{words}, {waiting} nicht quittiert"
        parts.append(disclosure(summary, content, is_open=not graver))
    return html.Div(parts)


def _rows(groups: Sequence[AlarmGroup], now: datetime, *, may_act: bool) -> Component:
    rows = [
        html.Li(
            _group(group, now, may_act=may_act)
            if group.river_id
            else _row(group.first, now, may_act=may_act)
        )
        for group in groups
    ]
    return html.Ul(rows, className="alarms")


def group_title(group: AlarmGroup) -> str:
    """Return the name of a group: its alarm, or its river with the number of places."""
    return f"{group.river}: {len(group.alarms)} Orte" if group.river_id else title(group.first)


def _group(group: AlarmGroup, now: datetime, *, may_act: bool) -> Component:
    """Show the alarms of a river as one, its places behind a line."""
    waiting = len(group.waiting)
    word = f"{waiting} nicht quittiert" if waiting else "alle quittiert"
    names = ", ".join(alarm.name for alarm in group.alarms[:NAMED])
    more = len(group.alarms) - NAMED
    head = html.Div(
        [severity_badge(group.severity), html.H3(group_title(group), className="alarm__title")],
        className="alarm__head",
    )
    parts: list[Component] = [
        head,
        html.P(f"{names} und {more} weitere" if more > 0 else names, className="alarm__text"),
        html.P(html.Strong(word) if waiting else word, className="alarm__status"),
        *remark_lines(remarks_of(group), now),
    ]
    if may_act and waiting:
        button = html.Button(
            [f"Alle {waiting} quittieren ", html.Kbd("q")],
            id=ids.act_id(ids.RIVER, group.river_id, 0),
            className="btn btn-sm btn-primary",
            type="button",
            **attributes(
                data_acknowledge_river="1",
                aria_label=f"Alle {waiting} Alarme an {group.river} quittieren",
            ),
        )
        parts.append(html.Div(button, className="actions"))
    rows = [html.Li(_row(alarm, now, may_act=may_act)) for alarm in group.alarms]
    places = disclosure("Einzelne Orte", html.Ul(rows, className="alarms"))
    waits = " alarm--waiting" if waiting else ""
    line = html.Article(
        parts,
        className=f"alarm {state_class(STATES[group.severity])}{waits}",
        tabIndex=0,
        **attributes(data_alarm=group.river_id, aria_label=group_title(group)),
    )
    return html.Div(
        [line, places],
        className="alarm-group",
    )


def severity_badge(severity: Severity) -> Component:
    """Show a severity as shape and word on its colour."""
    state = STATES[severity]
    return html.Span(
        [mark(state), SEVERITY_WORDS[severity]], className=f"badge-state {state_class(state)}"
    )


def title(alarm: AlarmView) -> str:
    """Return the name of an alarm."""
    return f"{rule_words(alarm.rule)}: {alarm.name}"


def _row(alarm: AlarmView, now: datetime, *, may_act: bool) -> Component:
    head = html.Div(
        [
            severity_badge(alarm.severity),
            html.H3(title(alarm), className="alarm__title"),
            html.Span(
                [
                    f"seit {formats.brief(alarm.opened_at, now)} (",
                    age_of(alarm.opened_at, now),
                    ")",
                ],
                className="alarm__age",
            ),
        ],
        className="alarm__head",
    )
    parts: list[Component] = [
        head,
        html.P(alarm.text, className="alarm__text"),
        html.P(_status(alarm, now), className="alarm__status"),
        *remark_lines(alarm.remarks, now),
    ]
    if may_act:
        parts.append(_actions(alarm))
    waits = " alarm--waiting" if alarm.needs_action else ""
    return html.Article(
        parts,
        className=f"alarm {state_class(STATES[alarm.severity])}{waits}",
        tabIndex=0,
        **attributes(data_alarm=alarm.alarm_id, aria_label=title(alarm)),
    )


def _status(alarm: AlarmView, now: datetime) -> list[Component | str]:
    words: list[Component | str] = []
    if alarm.acknowledged_at is not None:
        words.append(
            f"quittiert von {alarm.acknowledged_by}, {formats.brief(alarm.acknowledged_at, now)}"
        )
    else:
        words.append(html.Strong("nicht quittiert"))
    if alarm.assigned_to:
        words.append(f" · bei {alarm.assigned_to}")
    if alarm.ended_at is not None:
        ended = formats.brief(alarm.ended_at, now)
        words.append(f" · Bedingung beendet {ended}, bitte abschließen")
    elif alarm.standing is Standing.UNKNOWN:
        words.append(f" · {NO_DATA}")
    elif alarm.standing is Standing.CLEAR:
        words.append(f" · {EASING.get(alarm.rule, EASING_ELSE)}")
    if alarm.next_call is not None:
        again = "erneut " if alarm.next_call.step else ""
        words += [f" · {again}an der Reihe: „{alarm.next_call.group}“ "]
        words.append(time_until(alarm.next_call.at, now))
    return words


def _actions(alarm: AlarmView) -> Component:
    buttons = []
    if alarm.needs_action:
        buttons.append(
            html.Button(
                ["Quittieren ", html.Kbd("q")],
                id=ids.act_id("acknowledge", alarm.alarm_id, alarm.version),
                className="btn btn-sm btn-primary",
                type="button",
                **attributes(data_acknowledge="1", aria_label=f"Quittieren: {title(alarm)}"),
            )
        )
    buttons.append(
        html.Button(
            "Übernehmen",
            id=ids.act_id("assign", alarm.alarm_id, alarm.version),
            className="btn btn-sm btn-quiet",
            type="button",
            **attributes(aria_label=f"Übernehmen: {title(alarm)}"),
        )
    )
    buttons.append(
        html.Button(
            "Bearbeiten",
            className="btn btn-sm btn-quiet",
            type="button",
            **attributes(data_edit=alarm.alarm_id, aria_label=f"Bearbeiten: {title(alarm)}"),
        )
    )
    return html.Div(buttons, className="actions")
