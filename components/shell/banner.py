"""The banner over every page while values are simulated: event time and wall time."""

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes
from components.shell import ids
from services.situation.model import ClockView


def clock_anchor(clock: ClockView) -> Component:
    """Tell the scripts what time it is for the values on screen, and how fast it runs."""
    return html.Div(
        id=ids.CLOCK,
        hidden=True,
        **attributes(data_now=clock.now.isoformat(), data_speed=str(clock.speed)),
    )


def simulation_banner(clock: ClockView | None) -> Component | None:
    """Say that values are simulated; nothing when they are measured."""
    if clock is None or not clock.is_simulated:
        return None
    title = clock.scenario_title or clock.scenario_id
    parts = [
        html.Strong(f"Simulierte Messwerte – Nachstellung „{title}“"),
        html.Span(["Ereigniszeit ", _tick("event", formats.stamp(clock.now), clock)]),
        html.Span(f"Zeitraffer {formats.number(clock.speed)}×"),
        html.Span(
            ["Uhrzeit ", _tick("wall", f"{formats.clock(clock.wall_now)}{formats.NBSP}Uhr", clock)]
        ),
    ]
    row = html.Div(parts, className="shell__inner simulation-banner__row")
    return html.Div(
        row,
        className="simulation-banner",
        role="region",
        **attributes(aria_label="Simulation"),
    )


def _tick(kind: str, words: str, clock: ClockView) -> Component:
    return html.Time(
        words,
        className="number nowrap",
        dateTime=clock.now.isoformat(),
        **attributes(data_tick=kind),
    )
