"""Where municipalities keep the list of what floods: new entries, changes, and what was done."""

from typing import Any

from dash import Input, Output, State, callback, ctx, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice
from components.shell import ids as shell
from pages.water import _impact_form as form
from pages.water import _impact_ids as ids
from services.container import services
from services.errors import CockpitError
from services.people.model import Right

register_page(
    __name__,
    path=urls.IMPACTS_UPKEEP,
    name="Wirkungen pflegen",
    title="Wirkungen pflegen",
    order=19,
    in_nav=False,
    right=Right.CURATE,
)
TITLE = "Was bei Hochwasser geschieht: Liste pflegen"


def layout(**_query: str) -> Component:
    """Lay out the form, the way off the list, and what was done."""
    way = crumbs(
        (("Überblick", urls.HOME), ("Gewässer", urls.WATER), ("Wirkungen", urls.IMPACTS)), "Pflegen"
    )
    return html.Div(
        [
            lead(way, ids.HEADLINE, TITLE, ids.LEAD),
            html.P(form.INTRO, className="page__part"),
            html.Div(form.form(), className="page__part"),
            html.Div(form.removal(), className="page__part"),
            html.Div(loading_line(), id=ids.HISTORY, className="page__part"),
            *(dcc.Store(id=key) for key in (ids.HELD, ids.LISTED, ids.SAVED, ids.REMOVED)),
        ],
        className="page",
    )


@callback(
    Output(ids.LEAD, "children"),
    Output(ids.CHOSEN, "options"),
    Output(ids.CHOSEN, "value"),
    Output(ids.WHERE, "options"),
    Output(ids.BASIS, "options"),
    Output(ids.HISTORY, "children"),
    Output(ids.LISTED, "data"),
    Input(ids.SAVED, "data"),
    Input(ids.REMOVED, "data"),
    Input(shell.VERSION, "data"),
    State(ids.LISTED, "data"),
)
def show_list(
    _saved: int | None, _removed: int | None, _version: str | None, listed: int | None
) -> tuple[Any, ...]:
    """Offer the entries as they are now, and show what was done.

    A new run changes nothing of it and would empty the fields; it only tries again what failed.
    """
    if listed and ctx.triggered_id == shell.VERSION:
        return (no_update,) * 7
    try:
        board = services().impact_desk.board()
    except CockpitError as error:
        return notice(error.user_message, "warn"), *(no_update,) * 4, None, 0
    entries, places, bases = form.options(board)
    count = len(board.held)
    words = "1 Eintrag steht" if count == 1 else f"{count} Einträge stehen"
    lines = html.P(f"{words} in der Liste.", className="intro__meta")
    return lines, entries, form.NEW, places, bases, form.history_table(board), 1


@callback(
    *(Output(field, "value") for field in form.FIELDS),
    Output(ids.HELD, "data"),
    Output(ids.FILLED, "children"),
    Input(ids.CHOSEN, "value"),
    prevent_initial_call=True,
)
def fill(chosen: str | None) -> tuple[Any, ...]:
    """Begin with what holds, and keep which version of what stands in the fields."""
    try:
        fields, version = form.filled(services().impact_desk.board(), chosen or "")
    except CockpitError as error:
        return *(no_update,) * len(form.FIELDS), None, notice(error.user_message, "warn")
    return *fields, {"entry": chosen, "version": version}, None


@callback(
    output=(Output(ids.SAID, "children"), Output(ids.SAVED, "data")),
    inputs={
        "_clicks": Input(ids.SAVE, "n_clicks"),
        "chosen": State(ids.CHOSEN, "value"),
        "said": tuple(State(field, "value") for field in form.FIELDS),
        "held": State(ids.HELD, "data"),
        "done": State(ids.SAVED, "data"),
    },
    prevent_initial_call=True,
)
def save(
    _clicks: int | None,
    chosen: str | None,
    said: tuple[str | None, ...],
    held: dict[str, Any] | None,
    done: int | None,
) -> tuple[Any, Any]:
    """Store what was typed; it stays in the fields where it is refused."""
    try:
        version = form.version_of(held, chosen)
        what = services().impact_desk.save(form.draft(chosen, said), version)
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update
    return notice(f"Gespeichert: {what}"), (done or 0) + 1


@callback(
    Output(ids.GONE, "children"),
    Output(ids.REMOVED, "data"),
    Output(ids.WHY, "value"),
    Input(ids.REMOVE, "n_clicks"),
    State(ids.CHOSEN, "value"),
    State(ids.WHY, "value"),
    State(ids.HELD, "data"),
    State(ids.REMOVED, "data"),
    prevent_initial_call=True,
)
def remove(
    _clicks: int | None,
    chosen: str | None,
    why: str | None,
    held: dict[str, Any] | None,
    done: int | None,
) -> tuple[Any, Any, Any]:
    """Take the chosen entry off the list."""
    if chosen in {None, form.NEW}:
        return notice("Bitte oben den Eintrag wählen.", "warn"), no_update, no_update
    try:
        version = form.version_of(held, chosen)
        what = services().impact_desk.remove(str(chosen), version, why or "")
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update, no_update
    return notice(f"Nicht mehr in der Liste: {what}"), (done or 0) + 1, ""
