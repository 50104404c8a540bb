"""The forms of the alarm plan: one measure in detail, a stage by hand, closing a stage."""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components.field import select_field, text_field
from components.panel import notice, panel
from components.states import WORDS
from pages.operations import _measures_ids as ids
from services.alarm_plan.desk import NAME_MAX, NOTE_MAX, PROPOSED, Change
from services.alarm_plan.model import STATUS_WORDS, PlanBoard, Status
from services.container import services
from services.errors import CockpitError
from services.flood.model import LEVELS

NO_MEASURE = "Bitte eine Maßnahme wählen."
NO_STAGE = "Bitte eine gestartete Stufe wählen."
NOTHING = "__keine__"
"""Chosen where nothing is; a select shows an empty value as an empty box, without its words."""
REASON_HINT = "nötig, wo kein Zustand die Stufe vorschlägt, zum Beispiel: Anordnung der Leitung"
ONCE_STARTED = "wählbar, sobald eine Stufe gestartet ist"
QUICK = {"begin": Status.BEGUN, "finish": Status.DONE}


def step_form() -> Component:
    """Ask for what has become of one measure."""
    states = [(status.value, words) for status, words in STATUS_WORDS.items()]
    fields = html.Div(
        [
            select_field("Maßnahme", ids.STEP, [], "", ONCE_STARTED),
            select_field("Stand", ids.STATUS, states, Status.BEGUN.value),
            text_field("Verantwortlich", ids.RESPONSIBLE, NAME_MAX, "Funktion oder Name"),
            text_field("Notiz", ids.TEXT, NOTE_MAX, "nötig bei „nicht möglich“ und „offen“"),
        ],
        className="form-row form-row--top",
    )
    checked = dbc.Checkbox(id=ids.CHECKED, label="Voraussetzung ist erfüllt", value=False)
    return panel(
        "Maßnahme bearbeiten",
        [
            fields,
            checked,
            html.Div(_button("Festhalten", ids.CHANGE, "btn-primary"), className="actions"),
            html.Div(id=ids.FORM_NOTE, role="status", className="panel__after"),
            dcc.Store(id=ids.VERSIONS),
        ],
    )


def stage_form() -> Component:
    """Ask for a stage that no state proposes, or for the end of one."""
    choose = (NOTHING, "bitte wählen")
    rivers = [choose, *services().alarm_plan.reading.rivers()]
    levels = [choose, *((level.value, WORDS[level]) for level in LEVELS)]
    start = html.Div(
        [
            select_field("Gewässer", ids.RIVER, rivers, NOTHING),
            select_field("Stufe", ids.LEVEL, levels, NOTHING),
            text_field("Grund", ids.REASON, NOTE_MAX, REASON_HINT),
        ],
        className="form-row form-row--top",
    )
    end = html.Div(
        [
            select_field("Gestartete Stufe", ids.STAGE, [], "", ONCE_STARTED),
            text_field("Bemerkung", ids.CLOSING, NOTE_MAX, "nötig, wenn Maßnahmen offen sind"),
        ],
        className="form-row form-row--top",
    )
    return panel(
        "Stufe von Hand starten oder abschließen",
        [
            start,
            html.Div(_button("Stufe starten", ids.START, "btn-quiet"), className="actions"),
            html.Div(end, className="panel__after"),
            html.Div(_button("Stufe abschließen", ids.CLOSE, "btn-quiet"), className="actions"),
            html.Div(id=ids.STAGE_NOTE, role="status", className="panel__after"),
        ],
    )


def _button(words: str, button_id: str, kind: str) -> Component:
    return html.Button(words, id=button_id, className=f"btn btn-sm {kind}", type="button")


def step_options(board: PlanBoard) -> list[dict[str, str]]:
    """Return the measures to choose from."""
    return [
        {"value": step.step_id, "label": f"{step.actor}: {step.what} ({step.river_name})"}
        for stage in board.stages
        for step in stage.steps
    ]


def stage_options(board: PlanBoard) -> list[dict[str, str]]:
    """Return the stages to choose from."""
    return [
        {"value": stage.stage_id, "label": f"{stage.river_name}, {WORDS[stage.level]}"}
        for stage in board.stages
    ]


def versions(board: PlanBoard) -> dict[str, int]:
    """Return the versions of the measures as they are shown."""
    return {step.step_id: step.version for stage in board.stages for step in stage.steps}


def press(part: str, target: str, version: str) -> Component:
    """Start a proposal or tick off a measure as it was seen; returns the words for it."""
    desk = services().alarm_plan.desk
    try:
        if part == "start":
            desk.start(target, version, PROPOSED)
            return notice("Gestartet. Die Maßnahmen stehen unten.")
        desk.change(target, int(version), Change(QUICK[part], is_checked=part == "begin"))
    except CockpitError as error:
        return notice(error.user_message, "warn")
    return notice(f"Festgehalten: {STATUS_WORDS[QUICK[part]]}.")


def change(
    step_id: str | None, version: int | None, said: Sequence[str | None], *, is_checked: bool
) -> tuple[Component, bool]:
    """Do what the form asks for a measure; returns the words for it and whether it was done."""
    if not step_id or version is None:
        return notice(NO_MEASURE, "warn"), False
    status, responsible, text = ((item or "") for item in said)
    try:
        asked = Change(Status(status), responsible, text, is_checked)
        services().alarm_plan.desk.change(step_id, version, asked)
    except CockpitError as error:
        return notice(error.user_message, "warn"), False
    return notice(f"Festgehalten: {STATUS_WORDS[Status(status)]}."), True


def turn_stage(is_start: bool, said: Sequence[str | None]) -> tuple[Component, bool]:  # noqa: FBT001  # which button
    """Start or close a stage; `said` is river, level and reason, or stage and remark."""
    desk = services().alarm_plan.desk
    texts = [item or "" for item in said]
    if not is_start and not texts[0]:
        return notice(NO_STAGE, "warn"), False
    try:
        if is_start:
            desk.start(*texts)
        else:
            desk.close(*texts)
    except CockpitError as error:
        return notice(error.user_message, "warn"), False
    return notice("Die Stufe ist gestartet." if is_start else "Die Stufe ist abgeschlossen."), True
