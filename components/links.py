"""Links inside the product and out of it."""

from dash import dcc, html
from dash.development.base_component import Component


def page_link(text: str, url: str, class_name: str = "") -> Component:
    """Link to a page without loading everything again."""
    return dcc.Link(text, href=url, className=class_name or None)


def file_link(text: str, url: str) -> Component:
    """Link to a file that the server makes."""
    return html.A(text, href=url)


def outside_link(text: str, url: str) -> Component:
    """Link to another site; it learns nothing of where the visitor came from."""
    return html.A(text, href=url, rel="noopener noreferrer external")
