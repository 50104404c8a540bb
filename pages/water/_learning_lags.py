"""A travel time in words: between which gauges, when, measured at what, how long, how fast."""

from datetime import date

from dash import html

from components import formats
from components.content import Content
from components.short_name import gauge_name
from components.table import Column
from services.flood.learning.views import LagView

KIND_WORDS = {
    "scheitel": "Scheitel",
    "anstieg": "steilster Anstieg",
    "voralarm": "Voralarm erreicht",
    "warnung": "Warnung erreicht",
    "alarm": "Alarm erreicht",
}
IMPLAUSIBLE = "unplausibel"


def way(lag: LagView) -> str:
    """Name both gauges."""
    return f"{gauge_name(lag.upper_name)} bis {gauge_name(lag.lower_name)}"


def day(lag: LagView) -> str:
    """Write the day of the event in words."""
    return formats.date_long(date.fromisoformat(lag.event))


def kind(lag: LagView) -> str:
    """Say what was timed at both gauges."""
    return KIND_WORDS.get(lag.kind, lag.kind)


def columns() -> list[Column]:
    """Return the heads of `cells`."""
    return [
        Column("gemessen an", label="gemessen an"),
        Column("Laufzeit (80-%-Spanne)", "number", label="Laufzeit"),
        Column("Geschwindigkeit", "number", label="Geschwindigkeit"),
        Column("Abfluss", label="Abfluss"),
    ]


def cells(lag: LagView) -> tuple[Content, ...]:
    """Return kind, minutes with their interval, speed and flow."""
    span = f"{formats.duration(lag.low_min)} bis {formats.duration(lag.high_min)}"
    odd = html.Div("physikalisch unplausibel") if IMPLAUSIBLE in lag.warning else None
    return (
        kind(lag),
        html.Div(
            [
                html.Span(formats.duration(lag.lag_min), className="cell--strong"),
                html.Div(span, className="muted"),
            ]
        ),
        html.Div([f"{formats.number(lag.speed_ms, 2)}{formats.NBSP}m/s", odd]),
        _flow(lag),
    )


def _flow(lag: LagView) -> Content:
    if lag.exceedance is None:
        return f"unbekannt, zählt als {lag.flow_class}"
    times = f"{formats.number(lag.exceedance, 1)}-facher Voralarm-Abfluss"
    return html.Div([lag.flow_class, html.Div(times, className="muted")])
