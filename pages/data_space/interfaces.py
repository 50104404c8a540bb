"""Interfaces: what programs can read here, and how."""

from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead
from pages.data_space import _interfaces_ids as ids
from pages.data_space._interfaces_view import LEAD, interfaces
from pages.data_space._sections import sections
from services.container import services

register_page(
    __name__,
    path=urls.INTERFACES,
    name="Schnittstellen",
    title="Schnittstellen des Datenraums",
    order=46,
    in_nav=False,
)


def layout(**_query: str) -> Component:
    """Lay out the page: nothing of it changes while the program runs."""
    found = services()
    api = found.api
    return html.Div(
        [
            lead(
                crumbs((("Überblick", urls.HOME), ("Daten", urls.DATA)), "Schnittstellen"),
                ids.HEADLINE,
                "Daten für Programme",
                ids.LEAD,
            ),
            sections(urls.INTERFACES),
            html.P(LEAD, className="intro__sub"),
            html.Div(
                interfaces(found.site, api.public_url, api.example_gauge, api.per_minute),
                className="page__part",
            ),
        ],
        className="page",
    )
