"""The journal: what happened, was decided and told, and what was known when."""

from dataclasses import replace
from typing import Any

from dash import (
    ALL,
    Input,
    Output,
    State,
    callback,
    ctx,
    dcc,
    html,
    no_update,
    register_page,
)
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice, panel
from components.shell import ids as shell
from components.shell.query_text import follow_query, query_text, query_text_id
from pages.operations import _journal_form as form
from pages.operations import _journal_ids as ids
from pages.operations import _journal_known as known
from pages.operations import _journal_layout as parts
from pages.operations import _journal_view as view
from pages.operations._journal_state import JournalState
from pages.operations._sections import sections
from services.container import services
from services.errors import CockpitError
from services.journal.journal_search import JournalSearch
from services.people.identity import may
from services.people.model import Right

register_page(
    __name__,
    path=urls.JOURNAL,
    name="Einsatztagebuch",
    title="Einsatztagebuch",
    order=52,
    in_nav=False,
    right=Right.WATCH,
)
TITLE = "Einsatztagebuch"
FORM = (ids.KIND, ids.TEXT, ids.HAPPENED, ids.PLACE, ids.LAT, ids.LON)
FILTERS = (
    ids.FILTER_KIND,
    ids.FILTER_PLACE,
    ids.FILTER_START,
    ids.FILTER_END,
    ids.FILTER_WORDS,
)
follow_query(ids.PAGE)


def layout(**query: str) -> Component:
    """Lay out forms, filters, list, and the question what was known."""
    state = JournalState.from_query(query)
    way = crumbs((("Überblick", urls.HOME), ("Lage", urls.OPERATIONS)), TITLE)
    writing = html.Div([form.new_form()], hidden=not may(Right.OPERATE))
    fixing = html.Div([form.fix_form()], hidden=not may(Right.OPERATE))
    entries = panel(
        "Einträge",
        [
            html.Div(parts.filters(state), className="form-row form-row--top"),
            html.Div(id=ids.FILTER_NOTE, role="status"),
            html.Div(loading_line(), id=ids.LIST),
            html.Div(id=ids.FILES, className="panel__after"),
        ],
    )
    return html.Div(
        [
            lead(way, ids.HEADLINE, TITLE, ids.LEAD),
            sections(urls.JOURNAL),
            writing,
            entries,
            html.Div(html.Div(parts.pager(), className="actions"), className="page__part"),
            fixing,
            known.known_question(state),
            known.chain_check(),
            dcc.Store(id=ids.PAGE_NUMBER, data=state.seite),
            dcc.Store(id=ids.KNOWN_STATE, data=state.wissensstand),
            dcc.Store(id=ids.DONE),
            dcc.Store(id=ids.FIX_DONE),
            *query_text(ids.PAGE),
        ],
        className="page",
    )


@callback(
    output=(
        Output(ids.HEADLINE, "children"),
        Output(ids.LEAD, "children"),
        Output(ids.FILTER_NOTE, "children"),
        Output(ids.LIST, "children"),
        Output(ids.FILES, "children"),
        Output(ids.PAGER, "children"),
        Output(query_text_id(ids.PAGE), "data"),
    ),
    inputs={
        "asked": {
            "art": Input(ids.FILTER_KIND, "value"),
            "bezug": Input(ids.FILTER_PLACE, "value"),
            "von": Input(ids.FILTER_START, "value"),
            "bis": Input(ids.FILTER_END, "value"),
            "suche": Input(ids.FILTER_WORDS, "value"),
            "seite": Input(ids.PAGE_NUMBER, "data"),
            "wissensstand": Input(ids.KNOWN_STATE, "data"),
        },
        "_news": (
            Input(shell.VERSION, "data"),
            Input(ids.DONE, "data"),
            Input(ids.FIX_DONE, "data"),
        ),
    },
)
def show_journal(asked: dict[str, str | None], _news: tuple[object, ...]) -> tuple[Any, ...]:
    """Show the page of entries that filters and number ask for."""
    state = JournalState.from_query({key: text or "" for key, text in asked.items()})
    if ctx.triggered_id in FILTERS:
        state = replace(state, seite="1")
    journal = services().journal
    try:
        wanted = JournalSearch.of(state.as_request(), journal.reading).search()
        found = journal.reading.page(wanted, state.page)
    except CockpitError as error:
        words = notice(error.user_message, "warn")
        return no_update, no_update, words, *(no_update,) * 4
    is_filtered = JournalState(seite=state.seite, wissensstand=state.wissensstand) != state
    return (
        view.headline(found),
        view.lead_lines(found, is_filtered),
        None,
        view.entry_table(found, may_act=may(Right.OPERATE)),
        view.files(state),
        f"Seite {found.page} von {found.pages}",
        state.as_query(),
    )


@callback(
    Output(ids.PAGE_NUMBER, "data"),
    Input(ids.NEWER, "n_clicks"),
    Input(ids.OLDER, "n_clicks"),
    State(ids.PAGER, "children"),
    prevent_initial_call=True,
)
def turn_page(_newer: int | None, _older: int | None, shown: str | None) -> str:
    """Turn to the next newer or older page of those that there are: "Seite 2 von 7"."""
    numbers = [int(word) for word in (shown or "1 1").split() if word.isdigit()]
    step = 1 if ctx.triggered_id == ids.OLDER else -1
    return str(min(max(numbers[0] + step, 1), numbers[-1]))


@callback(
    output=(
        Output(ids.WRITE_NOTE, "children"),
        Output(ids.DONE, "data"),
        Output(ids.TEXT, "value"),
        Output(ids.HAPPENED, "value"),
        Output(ids.PHOTO, "contents"),
    ),
    inputs={
        "_clicks": Input(ids.WRITE, "n_clicks"),
        "said": tuple(State(name, "value") for name in FORM),
        "photo": State(ids.PHOTO, "contents"),
        "done": State(ids.DONE, "data"),
    },
    prevent_initial_call=True,
)
def enter(
    _clicks: int | None, said: tuple[str | None, ...], photo: str | None, done: int | None
) -> tuple[Any, ...]:
    """Enter what the form holds; it keeps everything when it is refused."""
    note, is_done = form.write([*said, photo])
    if not is_done:
        return note, *(no_update,) * 4
    return note, (done or 0) + 1, "", "", None


@callback(
    Output(ids.PHOTO_NOTE, "children"),
    Output(ids.LAT, "value"),
    Output(ids.LON, "value"),
    Input(ids.PHOTO, "contents"),
    State(ids.PHOTO, "filename"),
    prevent_initial_call=True,
)
def look_at_photo(contents: str | None, name: str | None) -> tuple[Any, ...]:
    """Check a chosen photo at once, and offer its position."""
    if contents is None:
        return None, "", ""
    note, lat, lon = form.look_at_photo(contents, name)
    return note, lat or no_update, lon or no_update


@callback(
    Output(ids.FIX_NUMBER, "value"),
    Output(ids.FIX_TEXT, "value"),
    Input(ids.fix_id(ALL, ALL), "n_clicks"),
    Input(ids.FIX_DONE, "data"),
    prevent_initial_call=True,
)
def begin_fix(_clicks: list[int | None], _done: int | None) -> tuple[Any, ...]:
    """Take the chosen entry into the form; after a correction empty it."""
    pressed = ctx.triggered_id
    if pressed == ids.FIX_DONE:
        return "", ""
    if not pressed or not ctx.triggered[0]["value"]:
        return no_update, no_update
    found = services().journal.reading.entry(int(pressed["entry"]))
    return str(found.entry_id), found.valid_text


@callback(
    Output(ids.FIX_NOTE, "children"),
    Output(ids.FIX_DONE, "data"),
    Output(ids.FIX_REASON, "value"),
    Input(ids.FIX, "n_clicks"),
    State(ids.FIX_NUMBER, "value"),
    State(ids.FIX_SEEN, "data"),
    State(ids.FIX_TEXT, "value"),
    State(ids.FIX_REASON, "value"),
    State(ids.FIX_DONE, "data"),
    prevent_initial_call=True,
)
def fix(  # one value per field
    _clicks: int | None,
    number: str | None,
    seen: int | None,
    text: str | None,
    reason: str | None,
    done: int | None,
) -> tuple[Any, ...]:
    """Correct the chosen entry."""
    note, is_done = form.fix(number, seen, (text, reason))
    return note, (done or 0) + 1 if is_done else no_update, "" if is_done else no_update
