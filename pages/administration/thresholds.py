"""Thresholds: what holds and who answers for it, proposals with their effect, what was decided."""

from typing import Any

from dash import ALL, Input, Output, State, callback, ctx, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.content import Content
from components.field import text_field
from components.panel import lead, loading_line, notice, panel
from pages.administration import _thresholds_form as form
from pages.administration import _thresholds_ids as ids
from pages.administration import _thresholds_job as job
from pages.administration import _thresholds_view as view
from pages.administration._thresholds_pending import pending_list
from services.container import services
from services.errors import CockpitError
from services.people.identity import current
from services.people.model import Right
from services.thresholds.checks import ORDER
from services.thresholds.desk import TEXT_MAX
from services.thresholds.errors import ThresholdWaitsError

register_page(
    __name__,
    path=urls.THRESHOLDS,
    name="Schwellenwerte",
    title="Schwellenwerte",
    order=58,
    in_nav=False,
    right=Right.PROPOSE,
)
job.connect()
TITLE = "Schwellenwerte"
BUSY = "Die Auswirkung auf vergangene Ereignisse wird berechnet …"


def layout(**_query: str) -> Component:
    """Lay out what waits, the form, what holds and what was decided."""
    note = text_field(
        "Begründung der Entscheidung", ids.NOTE, TEXT_MAX, "beim Ablehnen nötig, sonst freiwillig"
    )
    waiting = [
        html.Div(html.P(BUSY, role="status"), id=ids.BUSY, hidden=True),
        html.Div(loading_line(), id=ids.PENDING),
        html.Div(note, className="form-narrow panel__after"),
        html.Div(id=ids.NOTED, role="status", className="panel__after"),
    ]
    return html.Div(
        [
            lead("Verwaltung · Schwellenwerte", ids.HEADLINE, TITLE, ids.LEAD),
            panel("Wartet auf Freigabe", waiting),
            html.Div(form.form(), className="page__part"),
            html.Div(
                panel("Was gilt", html.Div(loading_line(), id=ids.CURRENT)), className="page__part"
            ),
            html.Div(
                panel("Verlauf", html.Div(loading_line(), id=ids.HISTORY)), className="page__part"
            ),
            *(dcc.Store(id=key) for key in (ids.SEEN, ids.PROPOSED, ids.DECIDED)),
            *(dcc.Store(id=key) for key in (ids.ASKED, ids.COMPUTED)),
        ],
        className="page",
    )


@callback(
    Output(ids.HEADLINE, "children"),
    Output(ids.LEAD, "children"),
    Output(ids.PENDING, "children"),
    Output(ids.CURRENT, "children"),
    Output(ids.HISTORY, "children"),
    Output(ids.TARGET, "options"),
    Output(ids.SEEN, "data"),
    Input(ids.PROPOSED, "data"),
    Input(ids.DECIDED, "data"),
    Input(ids.COMPUTED, "data"),
)
def show(*_news: object) -> tuple[Any, ...]:
    """Show everything as it is now."""
    try:
        board = services().thresholds.board()
    except CockpitError as error:
        return TITLE, notice(error.user_message, "warn"), *(no_update,) * 5
    return (
        view.headline(board),
        view.lead_line(board),
        pending_list(board.pending, current()),
        view.current_tables(board),
        view.history_table(board.history),
        form.target_options(board.current),
        form.seen(board.current),
    )


@callback(
    *(Output(field, "value") for field in form.FIELDS),
    Output(ids.OWNER, "value"),
    Input(ids.TARGET, "value"),
    prevent_initial_call=True,
)
def fill(target: str | None) -> tuple[str, ...]:
    """Begin with the levels that hold."""
    try:
        board = services().thresholds.board()
    except CockpitError:
        return "", "", "", ""
    chosen = next((row for row in board.current if row.key == target), None)
    if chosen is None:
        return "", "", "", ""
    owner = chosen.owner if chosen.version else ""
    return (*(form.level_text(chosen.levels.get(level)) for level in ORDER), owner)


@callback(
    output=(Output(ids.SAID, "children"), Output(ids.PROPOSED, "data")),
    inputs={
        "clicks": (Input(ids.PROPOSE, "n_clicks"), Input(ids.RESTORE, "n_clicks")),
        "target": State(ids.TARGET, "value"),
        "typed": {
            "voralarm": State(ids.VORALARM, "value"),
            "warnung": State(ids.WARNUNG, "value"),
            "alarm": State(ids.ALARM, "value"),
            "owner": State(ids.OWNER, "value"),
            "reason": State(ids.REASON, "value"),
            "from": State(ids.FROM, "value"),
        },
        "seen": State(ids.SEEN, "data"),
    },
    prevent_initial_call=True,
)
def propose(
    clicks: tuple[int | None, ...],
    target: str | None,
    typed: dict[str, str | None],
    seen: dict[str, int] | None,
) -> tuple[Content, Any]:
    """Propose what was typed, or to go back to the pack."""
    words = {key: value or "" for key, value in typed.items()}
    pressed = sum(count or 0 for count in clicks)
    try:
        asked = form.proposal(
            target or "", words, seen or {}, is_restore=ctx.triggered_id == ids.RESTORE
        )
        change = services().threshold_desk.propose(asked)
    except ThresholdWaitsError as error:  # of a button pressed twice only this answer is seen
        waiting = {"change": error.change_id, "clicks": pressed}
        return notice(error.user_message, "warn"), waiting
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update
    said = notice("Vorgeschlagen. Oben steht gleich, was die Änderung bewirkt hätte.")
    return said, {"change": change, "clicks": pressed}


@callback(
    Output(ids.ASKED, "data"),
    Input(ids.PROPOSED, "data"),
    Input({"component": ids.ACT, "part": "effect", "change": ALL}, "n_clicks"),
    prevent_initial_call=True,
)
def ask_effect(proposed: dict[str, Any] | None, clicks: list[int | None]) -> Any:  # noqa: ANN401  # a store or nothing
    """Let the effect be computed: after a proposal, and when somebody asks."""
    if ctx.triggered_id == ids.PROPOSED:
        return proposed or no_update
    if not any(clicks):
        return no_update
    return {"change": ctx.triggered_id["change"], "clicks": sum(count or 0 for count in clicks)}


@callback(
    Output(ids.NOTED, "children"),
    Output(ids.DECIDED, "data"),
    Output(ids.NOTE, "value"),
    *(
        Input({"component": ids.ACT, "part": part, "change": ALL}, "n_clicks")
        for part in ("approve", "reject", "withdraw")
    ),
    State(ids.NOTE, "value"),
    State(ids.DECIDED, "data"),
    prevent_initial_call=True,
)
def decide(*given: Any) -> tuple[Any, Any, Any]:  # noqa: ANN401  # one list per kind of button
    """Approve, reject or withdraw the proposal of the pressed button."""
    *clicks, note, done = given
    if not any(count for column in clicks for count in column):
        return no_update, no_update, no_update
    pressed = ctx.triggered_id
    try:
        said = _decided(str(pressed["part"]), str(pressed["change"]), note or "")
    except CockpitError as error:
        return notice(error.user_message, "warn"), (done or 0) + 1, no_update
    return notice(said), (done or 0) + 1, ""


def _decided(part: str, change: str, note: str) -> str:
    desk = services().threshold_desk
    if part == "approve":
        version = desk.approve(change, note)
        return f"Freigegeben als Fassung {version}; gilt ab der nächsten Berechnung."
    if part == "reject":
        desk.reject(change, note)
        return "Der Vorschlag ist abgelehnt."
    desk.withdraw(change, note)
    return "Der Vorschlag ist zurückgezogen."
