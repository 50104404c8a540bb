"""A state in words, rank and shape: every screen says it the same way."""

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from services.flood.model import State
from services.situation import urgency as order
from services.situation.state_words import STATE_WORDS

WORDS = STATE_WORDS
NO_GAUGE_WORD = "Kein Pegel oberhalb"
ORDER = order.ORDER

WARNED = frozenset({State.ALARM, State.WARNUNG, State.VORALARM})


def rank(state: State) -> int:
    """Return the place in the order of urgency, 0 for alarm."""
    return order.rank(state)


def state_class(state: State) -> str:
    """Return the CSS class that sets the colours of a state."""
    return f"state--{state.value}"


def mark(state: State) -> Component:
    """Draw the shape of a state; the word stands beside it."""
    return html.Span(className=f"shape shape--{state.value}", **attributes(aria_hidden="true"))


def state_badge(state: State, word: str | None = None) -> Component:
    """Show a state as shape and word on its colour."""
    return html.Span(
        [mark(state), word or WORDS[state]], className=f"badge-state {state_class(state)}"
    )
