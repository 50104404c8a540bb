"""The way back: where a page stands below its cockpit."""

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.links import page_link


def crumbs(above: tuple[tuple[str, str], ...], here: str) -> Component:
    """Show the pages above as links and this one as text."""
    items = [html.Li(page_link(name, url)) for name, url in above]
    items.append(html.Li(here, **attributes(aria_current="page")))
    return html.Nav(html.Ol(items, className="crumbs"), **attributes(aria_label="Sie sind hier"))
