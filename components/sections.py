"""The way between the pages of one area: a row of links under their titles."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import attributes


def section_links(entries: Sequence[tuple[str, str]], current: str, label: str) -> Component:
    """Link to (address, name) of an area; `current` is the address of the page's own."""
    links = [html.Li(_link(path, name, is_current=path == current)) for path, name in entries]
    return html.Nav(html.Ul(links), className="sections", **attributes(aria_label=label))


def _link(path: str, name: str, *, is_current: bool) -> Component:
    mark = attributes(aria_current="page") if is_current else {}
    return (
        html.Span(name, className="sections__here", **mark)
        if is_current
        else dcc.Link(name, href=path, className="sections__link")
    )
