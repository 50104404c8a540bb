"""A municipality: its figures over time beside its association and the county."""

from typing import Any

from dash import Input, Output, callback, dcc, html, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead, loading_line
from pages.settlement import _ids as ids
from pages.settlement import _municipality_view as view
from services.container import services


def title(ags: str = "", **_path: str) -> str:
    """Name the municipality in the title where it exists."""
    found = view.find(services().settlement.municipalities(), ags)
    name = found.name if found else "Gemeinde"
    return f"{name}: Bevölkerung"


register_page(
    __name__,
    path_template="/siedlung/gemeinde/<ags>",
    path="/siedlung/gemeinde/none",
    name="Gemeinde",
    title=title,
    order=21,
    in_nav=False,
)


def layout(page_path: str = "", **_query: str) -> Component:
    """Lay out the skeleton of a municipality."""
    return html.Div(
        [
            dcc.Store(
                id=ids.MUNICIPALITY_AGS, data=urls.last_segment(page_path, urls.MUNICIPALITY)
            ),
            lead(
                crumbs((("Überblick", urls.HOME), ("Siedlung", urls.SETTLEMENT)), "Gemeinde"),
                ids.MUNICIPALITY_HEADLINE,
                "Gemeinde",
                ids.MUNICIPALITY_LEAD,
            ),
            html.Div(loading_line(), id=ids.MUNICIPALITY_BODY, className="page__part"),
        ],
        className="page",
    )


@callback(
    Output(ids.MUNICIPALITY_HEADLINE, "children"),
    Output(ids.MUNICIPALITY_LEAD, "children"),
    Output(ids.MUNICIPALITY_BODY, "children"),
    Input(ids.MUNICIPALITY_AGS, "data"),
)
def show_municipality(ags: str) -> tuple[Any, Any, Any]:
    """Show the municipality, or say that there is none."""
    settlement = services().settlement
    municipalities = settlement.municipalities()
    found = view.find(municipalities, ags)
    if found is None:
        return "Gemeinde nicht gefunden", view.missing(), None
    return (
        view.headline(found),
        view.lead_lines(found),
        view.body(found, municipalities, settlement.totals()),
    )
