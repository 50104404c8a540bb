"""What the what-if form says of its gauge: the present value, and where the rise would lead."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats
from components.freshness import age_of
from components.gauge_parts import measured_words
from components.panel import notice
from components.states import WORDS
from pages.water._what_if_request import RISE_SEEN, hours_words, peak_of
from services.situation.model import GaugeView, WhatIfRequest

RAIN = (
    "Der bekannte Niederschlag ist eingerechnet, soweit Daten da sind; zum angenommenen Anstieg"
    " kommt kein weiterer hinzu."
)


def present_lines(gauge: GaugeView, wanted: WhatIfRequest | str, now: datetime) -> list[Component]:
    """Show the newest reading, the levels, and the level that the assumed rise leads to."""
    return [
        html.P(_present(gauge, now)),
        html.P(f"{_levels(gauge)} {RISE_SEEN}".strip(), className="muted"),
        notice(wanted, "warn") if isinstance(wanted, str) else html.P(_assumed(wanted, gauge)),
    ]


def _present(gauge: GaugeView, now: datetime) -> list[Component | str]:
    if gauge.value is None:
        return ["Kein gültiger Messwert: Ohne ihn hat der Anstieg keinen Anfang."]
    value = html.Strong(formats.quantity(gauge.value, gauge.unit))
    age = age_of(gauge.observed_at, now)
    if gauge.is_silent:
        return ["Stumm. Gerechnet wird vom letzten Wert aus: ", value, " (", age, ")"]
    trend = formats.per_hour(gauge.trend_per_h, gauge.unit)
    level = measured_words(gauge)
    return ["Jetzt ", value, " (", age, f"), {trend}", f"; {level}" if level else ""]


def _levels(gauge: GaugeView) -> str:
    parts = [
        f"{WORDS[threshold.level]} {formats.quantity(threshold.value, gauge.unit)}"
        for threshold in gauge.thresholds
    ]
    if gauge.range_max is not None:
        parts.append(f"misst bis {formats.quantity(gauge.range_max, gauge.unit)}")
    return f"Am Pegel: {', '.join(parts)}." if parts else ""


def _assumed(request: WhatIfRequest, gauge: GaugeView) -> str:
    if gauge.value is None:
        return ""
    peak = peak_of(request, gauge.value)
    reached = [threshold for threshold in gauge.thresholds if peak >= threshold.value]
    words = f"über {WORDS[reached[-1].level]}" if reached else "unter allen Schwellen"
    span = hours_words(request.hours)
    return f"Angenommen: {formats.quantity(peak, gauge.unit)} nach {span}, {words}."
