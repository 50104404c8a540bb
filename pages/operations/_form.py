"""The form that handles one alarm: remark, handing over, closing with what it turned out to be."""

from collections.abc import Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from components.field import select_field, text_field
from components.panel import notice, panel
from pages.operations import _ids as ids
from pages.operations._alarm_list import title
from services.alarms.closing import outcomes_of
from services.alarms.model import Outcome, Rule
from services.alarms.views import Board
from services.alarms.words import OUTCOME_WORDS, SEVERITY_WORDS
from services.container import services
from services.errors import CockpitError

TEXT_MAX = 1000
NAME_MAX = 80
OPEN = "offen"
UNJUDGED = (OPEN, "noch offen")
UNCHOSEN = ("__keiner__", "bitte wählen")
"""Without it a browser shows the first alarm as chosen where none is."""
EMPTY = (UNCHOSEN[0], "", "", OPEN)
"""Alarm, remark, to whom and outcome of a form that nobody has begun."""
NO_ALARM = "Bitte einen Alarm wählen."
HINT = (
    "Abschließen geht, wenn die Bedingung beendet ist. Ohne Messwerte, die das belegen, muss in der"
    " Bemerkung stehen, warum."
)


def outcomes(found: Sequence[Outcome] = outcomes_of(Rule.LEVEL)) -> list[tuple[str, str]]:
    """Return what an alarm may have turned out to be, with its words."""
    return [(item.value, OUTCOME_WORDS[item]) for item in found]


def outcome_options(alarm_id: str | None, *before: tuple[str, str]) -> list[dict[str, str]]:
    """Return the outcomes of a chosen alarm to choose from, of none all; behind other choices."""
    own = services().alarms.outcomes(alarm_id or "")
    found = outcomes(own) if own else outcomes()
    return [{"value": key, "label": words} for key, words in (*before, *found)]


def form() -> Component:
    """Lay out the form; its alarm is chosen in the list or here."""
    fields = html.Div(
        [
            select_field("Alarm", ids.SELECT, [UNCHOSEN], UNCHOSEN[0]),
            text_field("Bemerkung", ids.TEXT, TEXT_MAX),
            text_field("Übergeben an", ids.TO, NAME_MAX, hint="leer: an mich"),
            select_field("Ergebnis", ids.OUTCOME, [UNJUDGED, *outcomes()], OPEN),
        ],
        className="form-row form-row--top",
    )
    buttons = html.Div(
        [
            _button("Bemerkung festhalten", ids.COMMENT, "btn-quiet"),
            _button("Übergeben", ids.ASSIGN, "btn-quiet"),
            _button("Abschließen", ids.CLOSE, "btn-primary"),
        ],
        className="actions",
    )
    note = html.Div(id=ids.FORM_NOTE, role="status")
    store = dcc.Store(id=ids.VERSIONS)
    return panel(
        "Alarm bearbeiten", [html.P(HINT, className="muted"), fields, buttons, note, store]
    )


def _button(word: str, button_id: str, kind: str) -> Component:
    return html.Button(word, id=button_id, className=f"btn btn-sm {kind}", type="button")


def options(board: Board) -> list[dict[str, str]]:
    """Return the open alarms to choose from."""
    named = [
        (alarm.alarm_id, f"{SEVERITY_WORDS[alarm.severity]}: {title(alarm)}")
        for alarm in board.alarms
    ]
    return [{"value": key, "label": words} for key, words in (UNCHOSEN, *named)]


def act(
    button: str | None, alarm_id: str | None, version: int | None, said: Sequence[str]
) -> tuple[Component, bool]:
    """Do what a button of the form asks; returns the words for it and whether it was done."""
    if not alarm_id or version is None:
        return notice(NO_ALARM, "warn"), False
    text, to, outcome = said
    desk = services().desk
    try:
        if button == ids.COMMENT:
            desk.comment(alarm_id, text)
            words = "Die Bemerkung steht beim Alarm."
        elif button == ids.ASSIGN:
            desk.assign(alarm_id, version, to)
            words = "Der Alarm ist übergeben."
        else:
            desk.close(alarm_id, version, "" if outcome == OPEN else outcome, text)
            words = "Der Alarm ist abgeschlossen."
    except CockpitError as error:
        return notice(error.user_message, "warn"), False
    return notice(words), True


def press(part: str, alarm_id: str, version: int) -> Component:
    """Acknowledge or take over an alarm as it was seen; returns the words for it."""
    desk = services().desk
    try:
        names = {alarm.alarm_id: title(alarm) for alarm in services().alarms.board().alarms}
        name = names.get(alarm_id, "")
        if part == "acknowledge":
            desk.acknowledge(alarm_id, version)
            return notice(f"Quittiert: {name}")
        desk.assign(alarm_id, version)
        return notice(f"Übernommen: {name}")
    except CockpitError as error:
        return notice(error.user_message, "warn")


def press_river(river_id: str, seen: Mapping[str, int]) -> Component:
    """Acknowledge the alarms of a river as they were seen; returns the words for it."""
    try:
        groups = services().alarms.board().groups
        own = [alarm for group in groups if group.river_id == river_id for alarm in group.waiting]
        wanted = {each.alarm_id: seen[each.alarm_id] for each in own if each.alarm_id in seen}
        done = services().desk.acknowledge_all(wanted)
    except CockpitError as error:
        return notice(error.user_message, "warn")
    left = len(own) - done
    words = "1 Alarm quittiert." if done == 1 else f"{done} Alarme quittiert."
    return notice(
        f"{words} {left} sind neu oder haben sich geändert: bitte ansehen." if left else words
    )
