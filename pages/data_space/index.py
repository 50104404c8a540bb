"""Daten: the catalogue of open data of the region."""

from typing import Any

from dash import Input, Output, callback, html, register_page
from dash.development.base_component import Component

from components import urls
from components.panel import lead, loading_line, notice
from components.shell import ids as shell
from components.shell.query_text import follow_query, query_text, query_text_id
from pages.data_space import _catalogue_view as view
from pages.data_space import _ids as ids
from pages.data_space._facets import facets
from pages.data_space._sections import sections
from pages.data_space._state import CatalogueState
from services.container import services
from services.errors import CockpitError

NAME = "Daten"
CONTROLS = 6
"""Search and facets, in the order of the fields of the state."""
register_page(
    __name__,
    path="/daten",
    name=NAME,
    title="Daten: Katalog der offenen Daten",
    order=4,
    in_nav=True,
)
follow_query(ids.PAGE)


def layout(**query: str) -> Component:
    """Lay out message, search, list and counts."""
    state = CatalogueState.from_query(query)
    return html.Div(
        [
            lead("Daten · Katalog", ids.HEADLINE, "Daten", ids.LEAD),
            sections(urls.DATA),
            facets(state),
            html.Div(loading_line(), id=ids.RESULTS, role="status"),
            html.Div(id=ids.COUNTS, className="grid grid--halves"),
            *query_text(ids.PAGE),
        ],
        className="page",
    )


@callback(
    Output(ids.HEADLINE, "children"),
    Output(ids.LEAD, "children"),
    Output(ids.RESULTS, "children"),
    Output(ids.COUNTS, "children"),
    Output(query_text_id(ids.PAGE), "data"),
    Input(ids.SEARCH, "value"),
    Input(ids.THEME, "value"),
    Input(ids.LICENCE, "value"),
    Input(ids.PROVIDER, "value"),
    Input(ids.FORMAT, "value"),
    Input(ids.TIMELINESS, "value"),
    Input(shell.VERSION, "data"),
)
def show_catalogue(*chosen: Any) -> tuple[Any, ...]:  # noqa: ANN401  # one value per control
    """Show the data sets that search and facets leave."""
    state = CatalogueState(*("" if value is None else value for value in chosen[:CONTROLS]))
    try:
        found = services().catalogue.overview()
    except CockpitError as error:
        return "Daten nicht lesbar", notice(error.user_message, "warn"), None, [], state.as_query()
    return (
        view.headline(found),
        view.lead_lines(found),
        view.results(found, state) if found.datasets else None,
        view.counts(found),
        state.as_query(),
    )
