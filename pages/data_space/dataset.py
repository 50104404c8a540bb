"""A data set: what it is, how good it is, its files, how to cite it."""

from typing import Any

from dash import Input, Output, callback, dcc, html, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice
from components.shell import ids as shell
from pages.data_space import _dataset_files as files
from pages.data_space import _dataset_view as view
from pages.data_space import _ids as ids
from pages.data_space._sections import sections
from pages.data_space._state import DatasetState
from services.api_views.costs import files_a_minute
from services.container import services
from services.errors import CockpitError, StoreUnavailableError, UnknownDatasetError
from services.settlement_model import BoundarySet

LAST = 900
"""Place among the pages: Dash takes the first that matches, and every page below /daten matches."""


def title(dataset: str = "", **_path: str) -> str:
    """Name the data set in the title where it exists."""
    try:
        return f"{services().catalogue.row(dataset).title}: Datensatz"
    except UnknownDatasetError:
        return "Datensatz"


register_page(
    __name__,
    path_template="/daten/<dataset>",
    path="/daten/none",
    name="Datensatz",
    title=title,
    order=LAST,
    in_nav=False,
)


def layout(page_path: str = "", **query: str) -> Component:
    """Lay out the skeleton of a data set."""
    state = DatasetState.from_query(query)
    return html.Div(
        [
            dcc.Store(id=ids.DATASET, data=urls.last_segment(page_path, urls.DATA)),
            dcc.Store(id=ids.DATASET_QUERY, data=state.as_request()),
            lead(
                crumbs((("Überblick", urls.HOME), ("Daten", urls.DATA)), "Datensatz"),
                ids.DATASET_HEADLINE,
                "Datensatz",
                ids.DATASET_LEAD,
            ),
            sections(""),
            html.Div(loading_line(), id=ids.DATASET_BODY, className="page__part"),
        ],
        className="page",
    )


def areas() -> BoundarySet | None:
    """Return the ground of the drawing; without a store there is none, the page says so anyway."""
    try:
        return services().settlement.boundaries()
    except StoreUnavailableError:
        return None


@callback(
    Output(ids.DATASET_HEADLINE, "children"),
    Output(ids.DATASET_LEAD, "children"),
    Output(ids.DATASET_BODY, "children"),
    Input(ids.DATASET, "data"),
    Input(ids.DATASET_QUERY, "data"),
    Input(shell.VERSION, "data"),
)
def show_dataset(dataset_id: str, request: dict[str, str], _version: str) -> tuple[Any, Any, Any]:
    """Show the data set, or say that there is none."""
    state = DatasetState.from_query(request)
    asked = {key: value for key, value in state.as_request().items() if value}
    catalogue = services().catalogue
    try:
        found = catalogue.dataset(dataset_id, asked)
    except UnknownDatasetError:
        return "Datensatz nicht gefunden", notice(view.MISSING_DATASET, "warn"), None
    except CockpitError as error:
        return "Datensatz nicht lesbar", notice(error.user_message, "warn"), None
    query = state.as_query().lstrip("?")
    body = [
        html.Div(
            [
                view.about(found),
                html.Div([view.quality(found), view.lying(found, areas())], className="column"),
            ],
            className="grid grid--halves",
        ),
        files.downloads(found, query, files_a_minute(services().api.per_minute)),
        view.preview(found),
        html.Div(
            [files.addresses(found, catalogue.public_url), files.citation(found)],
            className="grid grid--halves",
        ),
    ]
    return found.view.row.title, view.lead_lines(found, found.cited_words), body
