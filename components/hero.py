"""The state of one gauge or village in large: shape, word, the number, the sentence."""

from dash import html
from dash.development.base_component import Component

from components.content import Content
from components.states import WORDS, mark, state_class
from services.flood.model import State


def hero(
    state: State,
    number: Content,
    label: Content,
    sentence: Content,
    *,
    word: str = "",
    details: Content = None,
) -> Component:
    """Show a state with its one big number; `details` show what the number leaves open."""
    return html.Div(
        [
            html.Div([mark(state), word or WORDS[state]], className="hero__state"),
            html.Div(
                [
                    html.Div(number, className="big__number"),
                    html.Div(label, className="big__label"),
                ],
                className="big",
            ),
            html.Div(details, className="hero__details") if details else None,
            html.P(sentence, className="hero__sentence") if sentence else None,
        ],
        className=f"hero {state_class(state)}",
    )


def facts(rows: list[tuple[str, Content]]) -> Component:
    """List names and values; rows without a value are left out."""
    shown = [(name, value) for name, value in rows if value]
    parts: list[Component] = []
    for name, value in shown:
        parts += [html.Dt(name), html.Dd(value)]
    return html.Dl(parts, className="facts")
