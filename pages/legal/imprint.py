"""Impressum: who answers for this installation, from the settings of its operator."""

from dash import html, register_page
from dash.development.base_component import Component

from pages.legal import _text as text
from services.container import services

register_page(
    __name__,
    path="/impressum",
    name="Impressum",
    title="Impressum",
    order=90,
    in_nav=False,
)


def layout(**_query: str) -> Component:
    """Show the operator's own text, or say that it is missing."""
    site = services().site
    return html.Div(
        [
            html.H1("Impressum"),
            html.P(f"Betreiber: {site.operator}", className="intro__sub"),
            text.operator_text(site.imprint, "COCKPIT_IMPRINT", "Impressum"),
            html.H2("Amtliche Stelle", className="section-title"),
            text.official(site),
        ],
        className="prose",
    )
