"""The page for addresses that do not exist: says so and leads back."""

from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.links import page_link

register_page(
    __name__,
    path="/nicht-gefunden",
    name="Seite nicht gefunden",
    title="Seite nicht gefunden",
    order=99,
    in_nav=False,
)


def layout(**_query: str) -> Component:
    """Offer the ways back."""
    ways = (
        ("Lage auf einen Blick", urls.HOME),
        ("Gewässer: Karte, Pegel, gefährdete Orte", urls.WATER),
        ("Siedlung: Bevölkerung der Gemeinden", urls.SETTLEMENT),
        ("Mobilität: Haltestellen", urls.MOBILITY),
    )
    return html.Div(
        [
            html.H1("Diese Seite gibt es nicht"),
            html.P("Die Adresse ist vielleicht veraltet oder vertippt. Hier geht es weiter:"),
            html.Ul([html.Li(page_link(name, url)) for name, url in ways]),
        ],
        className="prose",
    )
