"""The header: name, navigation, choice of theme."""

from collections.abc import Sequence
from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Input, Output, clientside_callback, dcc, html
from dash.development.base_component import Component

from components import urls
from components.attributes import attributes
from components.shell import ids

THEMES = (
    ("auto", "wie das Gerät"),
    ("light", "hell"),
    ("dark", "dunkel"),
    ("projector", "Projektor"),
)


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A page in the navigation."""

    name: str
    path: str


def header(title: str, entries: Sequence[NavigationEntry], person: str = "") -> Component:
    """Show the name of the product, its pages, who has signed in and the theme."""
    links = [
        html.Li(dcc.Link(entry.name, href=entry.path, className="header__link"))
        for entry in entries
    ]
    return html.Header(
        html.Div(
            [
                dcc.Link([_sign(), html.Span(title)], href=urls.HOME, className="header__brand"),
                html.Nav(
                    html.Ul(links), className="header__nav", **attributes(aria_label="Cockpits")
                ),
                _account(person),
                _theme_choice(),
            ],
            className="shell__inner header__row",
        ),
        className="header",
    )


def _account(person: str) -> Component:
    words, address = (person, urls.ACCOUNT) if person else ("Anmelden", urls.SIGN_IN)
    return html.Div(
        dcc.Link(words, href=address, className="header__link"), className="header__account"
    )


def _sign() -> Component:
    return html.Img(src="/lib/sign.svg", alt="", className="header__mark", width="24", height="24")


def _theme_choice() -> Component:
    return html.Div(
        [
            html.Label("Darstellung", htmlFor=ids.THEME),
            dbc.Select(
                id=ids.THEME,
                options=[{"value": value, "label": label} for value, label in THEMES],
                value="auto",
                size="sm",
            ),
        ],
        className="header__theme",
    )


clientside_callback(
    ClientsideFunction("shell", "chooseTheme"),
    Output(ids.SINK, "data"),
    Input(ids.THEME, "value"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("shell", "storedTheme"),
    Output(ids.THEME, "value"),
    Input(ids.SINK, "id"),
)
