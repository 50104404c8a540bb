"""Where municipalities keep the list of what floods: new entries, changes, and what was done."""

from typing import Any

from dash import Input, Output, State, callback, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice
from pages.water import _impact_form as form
from pages.water import _impact_ids as ids
from services.clock import wall_now
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
            *(dcc.Store(id=key) for key in (ids.SEEN, ids.SAVED, ids.REMOVED)),
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
    Output(ids.SEEN, "data"),
    Input(ids.SAVED, "data"),
    Input(ids.REMOVED, "data"),
)
def show_list(*_news: object) -> tuple[Any, ...]:
    """Offer the entries as they are now, and show what was done."""
    try:
        board = services().impact_desk.board()
    except CockpitError as error:
        return notice(error.user_message, "warn"), *(no_update,) * 6
    entries, places, bases = form.options(board)
    count = len(board.held)
    words = "1 Eintrag steht" if count == 1 else f"{count} Einträge stehen"
    history = form.history_table(board.history, wall_now())
    lines = html.P(f"{words} in der Liste.", className="intro__meta")
    return lines, entries, form.NEW, places, bases, history, form.seen(board)


@callback(
    *(Output(field, "value") for field in form.FIELDS),
    Input(ids.CHOSEN, "value"),
    prevent_initial_call=True,
)
def fill(chosen: str | None) -> tuple[str, ...]:
    """Begin with what holds."""
    try:
        return form.filled(services().impact_desk.board(), chosen or "")
    except CockpitError:
        return form.EMPTY


@callback(
    output=(Output(ids.SAID, "children"), Output(ids.SAVED, "data")),
    inputs={
        "_clicks": Input(ids.SAVE, "n_clicks"),
        "chosen": State(ids.CHOSEN, "value"),
        "said": tuple(State(field, "value") for field in form.FIELDS),
        "seen": State(ids.SEEN, "data"),
        "done": State(ids.SAVED, "data"),
    },
    prevent_initial_call=True,
)
def save(
    _clicks: int | None,
    chosen: str | None,
    said: tuple[str | None, ...],
    seen: dict[str, int] | None,
    done: int | None,
) -> tuple[Any, Any]:
    """Store what was typed; it stays in the fields where it is refused."""
    draft = form.draft(chosen, said)
    try:
        what = services().impact_desk.save(draft, (seen or {}).get(draft.impact_id, 0))
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
    State(ids.SEEN, "data"),
    State(ids.REMOVED, "data"),
    prevent_initial_call=True,
)
def remove(
    _clicks: int | None,
    chosen: str | None,
    why: str | None,
    seen: dict[str, int] | None,
    done: int | None,
) -> tuple[Any, Any, Any]:
    """Take the chosen entry off the list."""
    if chosen in {None, form.NEW}:
        return notice("Bitte oben den Eintrag wählen.", "warn"), no_update, no_update
    try:
        what = services().impact_desk.remove(
            str(chosen), (seen or {}).get(str(chosen), 0), why or ""
        )
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update, no_update
    return notice(f"Nicht mehr in der Liste: {what}"), (done or 0) + 1, ""
