"""The all-clear: conditions that the machine checks, what people confirm, author and text."""

from typing import Any

from dash import Input, Output, State, callback, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice
from pages.operations import _clear_view as view
from pages.operations import _night_ids as ids
from pages.operations._sections import sections
from services.all_clear.model import Wish
from services.container import services
from services.errors import CockpitError
from services.people.identity import may
from services.people.model import Right

register_page(
    __name__,
    path=urls.ALL_CLEAR,
    name="Entwarnung",
    title="Entwarnung geben",
    order=58,
    in_nav=False,
    right=Right.WATCH,
)
TITLE = "Entwarnung"


def layout(**_query: str) -> Component:
    """Lay out area, conditions, form and what was given."""
    way = crumbs((("Überblick", urls.HOME), ("Lage", urls.OPERATIONS)), TITLE)
    area = view.area_field(services().night.all_clears.areas())
    return html.Div(
        [
            lead(way, ids.CLEAR_HEADLINE, TITLE, ids.CLEAR_LEAD),
            sections(urls.ALL_CLEAR),
            html.Div(area, className="page__part"),
            html.Div(
                [
                    html.Div(view.checks(None), id=ids.CLEAR_CHECKS),
                    html.Div(view.form(), hidden=not may(Right.OPERATE)),
                ],
                className="grid grid--halves",
            ),
            html.Div(loading_line(), id=ids.CLEAR_LIST, className="page__part"),
            dcc.Store(id=ids.CLEAR_DONE),
        ],
        className="page",
    )


@callback(
    Output(ids.CLEAR_CHECKS, "children"),
    Output(ids.CLEAR_TEXT, "value"),
    Output(ids.CLEAR_CONFIRMED, "value"),
    Output(ids.CLEAR_REASON, "value"),
    Input(ids.CLEAR_AREA, "value"),
    Input(ids.CLEAR_DONE, "data"),
)
def show_checks(area: str | None, _done: int | None) -> tuple[Any, Any, Any, Any]:
    """Show the conditions of the chosen area; what was confirmed of another one counts no more."""
    if not area or area == view.NOTHING:
        return view.checks(None), "", [], ""
    try:
        proposal = services().night.all_clears.proposal(area)
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update, [], ""
    return view.checks(proposal), proposal.text, [], ""


@callback(
    Output(ids.CLEAR_HEADLINE, "children"),
    Output(ids.CLEAR_LIST, "children"),
    Input(ids.CLEAR_DONE, "data"),
)
def show_given(_done: int | None) -> tuple[Any, Any]:
    """Show what was given and what holds."""
    clears = services().night.all_clears
    try:
        found, current, now = clears.recent(), clears.current(), clears.clock.now()
    except CockpitError as error:
        return TITLE, notice(error.user_message, "warn")
    return view.headline(current, now), view.listed(found, now)


@callback(
    Output(ids.CLEAR_NOTE, "children"),
    Output(ids.CLEAR_DONE, "data"),
    Input(ids.CLEAR_GIVE, "n_clicks"),
    State(ids.CLEAR_AREA, "value"),
    State(ids.CLEAR_TEXT, "value"),
    State(ids.CLEAR_CONFIRMED, "value"),
    State(ids.CLEAR_REASON, "value"),
    State(ids.CLEAR_DONE, "data"),
    prevent_initial_call=True,
)
def give(  # one callback reads the whole form
    _clicks: int | None,
    area: str | None,
    text: str | None,
    confirmed: list[str] | None,
    reason: str | None,
    done: int | None,
) -> tuple[Any, Any]:
    """Give the all-clear; what was typed stays where it is refused."""
    wish = Wish(area or "", text or "", tuple(confirmed or ()), reason or "")
    try:
        made = services().night.all_clears.give(wish)
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update
    words = f"Die Entwarnung für {made.area.name} ist gegeben und wird gemeldet."
    return notice(words), (done or 0) + 1
