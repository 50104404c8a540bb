"""What the leader of a drill does on its page: pace, jump, what is fed in, the evaluation."""

from datetime import timedelta
from typing import Any

from dash import Input, Output, State, callback, ctx, no_update
from dash.development.base_component import Component

from components.panel import notice
from pages.operations import _drill_booth as booth
from pages.operations import _drill_desk as desk
from pages.operations import _drill_evaluation as evaluation
from pages.operations import _drill_ids as ids
from services.container import services
from services.drills.evaluation_file import evaluation_csv
from services.errors import CockpitError
from services.local_time import instant_of
from services.people.model import Right

RIGHT = Right.OPERATE
CSV = "text/csv"
DONE_WORDS = {
    ids.PAUSE: "Die Übung steht. Alter und Fristen laufen nicht weiter.",
    ids.RESUME: "Die Übung läuft weiter.",
    ids.SET_SPEED: "Der Zeitraffer ist übernommen.",
}


@callback(
    Output(ids.STATE, "children"),
    Output(ids.INJECTED, "children"),
    Output(ids.GAUGE, "options"),
    Output(ids.PAUSE, "disabled"),
    Output(ids.RESUME, "disabled"),
    Output(ids.EVALUATION, "children"),
    Input(ids.POLL, "n_intervals"),
)
def show_desk(_ticks: int | None) -> tuple[Any, ...]:
    """Show where the drill stands and what it showed so far."""
    if booth.is_shown():
        return (no_update,) * 6
    try:
        found, figures = services().drills.desk.view(), services().drills.evaluation()
    except CockpitError as error:
        return notice(error.user_message, "warn"), *(no_update,) * 5
    return (
        desk.state(found),
        desk.injected(found),
        desk.gauge_options(found),
        found.is_paused or found.is_over,
        not found.is_paused or found.is_over,
        evaluation.shown(figures),
    )


@callback(Output(ids.SPEED, "options"), Output(ids.SPEED, "value"), Input(ids.SPEED, "id"))
def offer_paces(_id: str) -> tuple[Any, Any]:
    """Begin with the pace that the drill has."""
    if booth.is_shown():
        return no_update, no_update
    try:
        return desk.pace_options(services().drills.desk.view().speed)
    except CockpitError:
        return no_update, no_update  # the page says above that the drill cannot be read


@callback(
    Output(ids.STEER_SAID, "children"),
    *(
        Input(button, "n_clicks")
        for button in (ids.PAUSE, ids.RESUME, ids.SET_SPEED, ids.JUMP_AHEAD, ids.JUMP)
    ),
    State(ids.SPEED, "value"),
    State(ids.AHEAD, "value"),
    State(ids.AT, "value"),
    prevent_initial_call=True,
)
def steer(*given: Any) -> Component:  # noqa: ANN401  # clicks, then the fields
    """Change the pace, or go to another time."""
    speed, ahead, at = given[-3:]
    try:
        return notice(_steered(str(ctx.triggered_id), speed, ahead, at))
    except CockpitError as error:
        return notice(error.user_message, "warn")


@callback(
    Output(ids.INJECT_SAID, "children"),
    *(Input(button, "n_clicks") for button in (ids.SILENCE, ids.SPEAK, ids.FALSIFY, ids.SAY)),
    State(ids.GAUGE, "value"),
    State(ids.LEVEL, "value"),
    State(ids.REMARK, "value"),
    prevent_initial_call=True,
)
def inject(*given: Any) -> Component:  # noqa: ANN401  # clicks, then the fields
    """Feed something into the drill."""
    gauge_id, level, remark = given[-3:]
    act, found = str(ctx.triggered_id), services().drills.desk
    try:
        if act == ids.SAY:
            found.remark(remark or "")
        elif act == ids.FALSIFY:
            found.report_falsely(gauge_id or "", desk.typed_level(level))
        else:
            found.silence(gauge_id or "", is_silent=act == ids.SILENCE)
    except CockpitError as error:
        return notice(error.user_message, "warn")
    return notice("Eingespielt.")


@callback(
    Output(ids.EVALUATION_FILE, "data"), Input(ids.EVALUATE, "n_clicks"), prevent_initial_call=True
)
def fetch_evaluation(_clicks: int | None) -> Any:  # noqa: ANN401  # a file
    """Hand out the evaluation so far."""
    text = evaluation_csv(services().drills.evaluation(), services().drills.zone)
    return {"content": text, "filename": "uebung-auswertung.csv", "type": CSV}


def _steered(act: str, speed: str | None, ahead: str | None, at: str | None) -> str:
    found = services().drills.desk
    if act == ids.PAUSE:
        found.pause()
    elif act == ids.RESUME:
        found.resume()
    elif act == ids.SET_SPEED:
        found.set_speed(float(speed or booth.DEFAULT_SPEED))
    if act in DONE_WORDS:
        return DONE_WORDS[act]
    if act == ids.JUMP_AHEAD:
        now, end = found.view().now, found.view().end
        has_restarted = found.jump(min(now + timedelta(minutes=int(ahead or "60")), end))
    else:
        has_restarted = found.jump(instant_of(at or "", services().drills.zone))
    if has_restarted:
        return "Die Übung beginnt an dieser Stelle neu."
    return "Gesprungen. Bis alles dazwischen gerechnet ist, vergehen etwa 20 Sekunden."
