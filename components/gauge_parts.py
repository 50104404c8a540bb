"""What a gauge measures and what is expected of it: two levels that are never mixed up."""

from dash import html
from dash.development.base_component import Component

from components.content import Content
from components.states import WARNED, WORDS, state_badge
from services.flood.model import State
from services.planned_outages.model import WORD
from services.situation.model import GaugeView

BELOW_ALL = "unter allen Schwellen"


def measured_level(gauge: GaugeView) -> State | None:
    """Return the highest own level that the newest value stands at or above.

    `State.OK` is below all of them; None without a valid value or without any level.
    """
    if gauge.is_silent or gauge.value is None or not gauge.thresholds:
        return None
    value = gauge.value
    reached = [threshold for threshold in gauge.thresholds if value >= threshold.value]
    return max(reached, key=lambda threshold: threshold.value).level if reached else State.OK


def measured_words(gauge: GaugeView) -> str:
    """Write the measured level: "gemessen: Warnung"; empty where nothing is measured."""
    level = measured_level(gauge)
    if level is None:
        return ""
    return f"gemessen: {BELOW_ALL if level is State.OK else WORDS[level]}"


def silent_word(gauge: GaugeView) -> str:
    """Name why a gauge says nothing: it does not send, or what it sends counts as wrong."""
    if gauge.outage is not None:
        return WORD
    return "Werte verworfen" if gauge.is_disbelieved else "Stumm"


def expected_word(gauge: GaugeView) -> str:
    """Name the state: what is expected within twelve hours where no reading shows it yet."""
    if gauge.is_silent:
        word = silent_word(gauge)
        return word if gauge.state is State.UNBEKANNT else f"{word}, zuletzt {_word(gauge)}"
    is_ahead = gauge.state in WARNED and measured_level(gauge) is not gauge.state
    return f"erwartet: {_word(gauge)}" if is_ahead else _word(gauge)


def gauge_badge(gauge: GaugeView) -> Content:
    """Show the state as a badge and below it the measured level where it is another one."""
    badge = state_badge(gauge.state, expected_word(gauge))
    if gauge.state not in WARNED or measured_level(gauge) in (gauge.state, None):
        return badge
    return [badge, html.Span(measured_words(gauge), className="cell--sub")]


def measured_line(gauge: GaugeView) -> Component | None:
    """Show both levels in one line: "gemessen: Warnung · erwartet: Alarm"."""
    level = measured_level(gauge)
    if level is None:
        return None
    parts: list[Component | str] = [
        html.Strong(f"{measured_words(gauge)[0].upper()}{measured_words(gauge)[1:]}")
    ]
    if gauge.state in WARNED and level is not gauge.state:
        parts.append(f" · erwartet in den nächsten 12 Stunden: {_word(gauge)}")
    return html.P(parts)


def _word(gauge: GaugeView) -> str:
    return WORDS[gauge.state]
