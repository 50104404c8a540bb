"""The form of the ledger: change what an alarm turned out to be, enter a flood without an alarm."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import formats
from components.field import select_field, text_field
from components.panel import notice, panel
from pages.operations import _ids as ids
from pages.operations._alarm_list import title
from pages.operations._form import TEXT_MAX, outcomes
from services.alarms.views import Ledger
from services.alarms.words import EVACUATION_WORDS
from services.container import services
from services.errors import CockpitError
from services.local_time import instant_of

EVACUATED = "Wurde evakuiert?"
UNSAID = "unbekannt"
"""Stands in the list for no answer: a choice needs a value."""
AS_IS = ("wie-eingetragen", "wie eingetragen")
NO_ALARM = "Bitte einen abgeschlossenen Alarm wählen."


def form() -> Component:
    """Lay out both forms."""
    judge = [
        html.P("Was aus einem Alarm geworden ist, zeigt sich oft erst Tage später."),
        html.Div(
            [
                select_field("Abgeschlossener Alarm", ids.JUDGE_ALARM, [], ""),
                select_field("Ergebnis", ids.JUDGE_OUTCOME, outcomes(), outcomes()[0][0]),
                text_field("Begründung", ids.JUDGE_TEXT, TEXT_MAX),
                select_field(EVACUATED, ids.JUDGE_MOVED, [AS_IS, *_answers()], AS_IS[0]),
            ],
            className="form-row form-row--top",
        ),
        html.Div(_button("Ergebnis ändern", ids.JUDGE), className="actions"),
    ]
    missed = [
        html.P("Ein Hochwasser, vor dem kein Alarm kam, zählt in der Quote mit."),
        html.Div(
            [
                select_field("Ort", ids.MISSED_PLACE, [], ""),
                text_field("Zeit", ids.MISSED_AT, len("14.07.2026 18:30"), "TT.MM.JJJJ HH:MM"),
                text_field("Was ist geschehen?", ids.MISSED_TEXT, TEXT_MAX),
                select_field(EVACUATED, ids.MISSED_MOVED, _answers(), _answers()[0][0]),
            ],
            className="form-row form-row--top",
        ),
        html.Div(_button("Eintragen", ids.MISSED), className="actions"),
    ]
    note = html.Div(id=ids.LEDGER_NOTE, role="status")
    halves = html.Div(
        [panel("Ergebnis ändern", judge), panel("Verpasstes Hochwasser eintragen", missed)],
        className="grid grid--halves",
    )
    return html.Div([halves, note], className="page__part")


def _answers() -> list[tuple[str, str]]:
    return [(answer.value or UNSAID, words) for answer, words in EVACUATION_WORDS.items()]


def _answer(chosen: str) -> str | None:
    """Return what is to be stored, None where it stays as it is."""
    return {UNSAID: "", AS_IS[0]: None}.get(chosen, chosen)


def _button(word: str, button_id: str) -> Component:
    return html.Button(word, id=button_id, className="btn btn-sm btn-primary", type="button")


def closed_options(ledger: Ledger) -> list[dict[str, str]]:
    """Return the closed alarms to choose from, newest first."""
    return [
        {
            "value": alarm.alarm_id,
            "label": f"{formats.stamp(alarm.opened_at)}: {title(alarm)}",
        }
        for alarm in ledger.alarms
        if alarm.closed_at is not None
    ]


def place_options() -> list[dict[str, str]]:
    """Return the places that may have been flooded."""
    return [{"value": key, "label": words} for key, words in services().alarms.places()]


def judge(alarm_id: str | None, said: Sequence[str]) -> tuple[Component, bool]:
    """Change an outcome; returns the words for it and whether it was done."""
    if not alarm_id:
        return notice(NO_ALARM, "warn"), False
    outcome, text, moved = said
    try:
        services().desk.judge(alarm_id, outcome, text, _answer(moved))
    except CockpitError as error:
        return notice(error.user_message, "warn"), False
    return notice("Das Ergebnis ist geändert."), True


def missed(place: str | None, said: Sequence[str]) -> tuple[Component, bool]:
    """Enter a flood without an alarm; returns the words for it and whether it was done."""
    at, text, moved = said
    try:
        when = instant_of(at, formats.BERLIN)
        services().desk.record_missed(place or "", when, text, _answer(moved) or "")
    except CockpitError as error:
        return notice(error.user_message, "warn"), False
    return notice("Das Ereignis ist eingetragen."), True
