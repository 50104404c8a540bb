"""How a value came here when no device sent it: in words beside the value, on every screen."""

from dash import html
from dash.development.base_component import Component

from services.situation.model import GaugeView


def by_hand_words(gauge: GaugeView) -> str:
    """Write whose reading the newest value is, empty where a device sent it."""
    return gauge.by_hand.words if gauge.by_hand is not None else ""


def by_hand_mark(gauge: GaugeView) -> list[Component]:
    """Show below a value that a person has read it, with its shape in the chart."""
    words = by_hand_words(gauge)
    return [html.Span(["◇ ", words], className="cell--sub")] if words else []
