"""Panels and leads: a message on top of the page, boxes with a heading below it."""

from dash import html
from dash.development.base_component import Component

from components.content import Content


def lead(way: str | Component, headline_id: str, headline: str, body_id: str) -> Component:
    """Open a page: where it stands small, its message as the one h1, the rest below."""
    return html.Div(
        [
            html.P(way, className="intro__eyebrow") if isinstance(way, str) else way,
            html.H1(headline, id=headline_id),
            html.Div(id=body_id),
        ],
        className="intro",
    )


def panel(title: str, content: Content, hint: Content = None, *, modifier: str = "") -> Component:
    """Put content into a box with its heading."""
    head: list[Component] = [html.H2(title)]
    if hint is not None:
        head.append(html.Div(hint, className="panel__hint"))
    name = f"panel panel--{modifier}" if modifier else "panel"
    inner = content if isinstance(content, list) else [content]
    return html.Section([html.Div(head, className="panel__head"), *inner], className=name)


def disclosure(summary: str, content: Content, *, is_open: bool = False) -> Component:
    """Hide details behind one line."""
    return html.Details(
        [html.Summary(summary), html.Div(content)], className="disclosure", open=is_open
    )


def notice(words: Content, kind: str = "none") -> Component:
    """Show a sentence that people must not miss; `kind` is none, warn or whatif."""
    content = html.P(words) if isinstance(words, str) else words
    return html.Div(content, className=f"notice notice--{kind}")


def loading_line() -> Component:
    """Stand in until the first content arrives."""
    return html.P("Wird geladen …", className="loading-line", role="status")
