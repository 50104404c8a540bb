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


def drill_banner(clock: ClockView | None, remark: str = "") -> Component:
    """Say that this is a drill, how fast it runs, and what its leader last told the players."""
    parts: list[Component] = [html.Strong("ÜBUNG")]
    if clock is not None:
        title = clock.scenario_title or clock.scenario_id
        clock_words = f"{formats.clock(clock.wall_now)}{formats.NBSP}Uhr"
        parts += [
            html.Span(title),
            html.Span(["Ereigniszeit ", _tick("event", formats.stamp(clock.now), clock)]),
            html.Span(pace_words(clock.speed), id=ids.DRILL_PACE),
            html.Span(["Uhrzeit ", _tick("wall", clock_words, clock)]),
        ]
    parts.append(html.Strong(remark, id=ids.DRILL_REMARK, role="status"))
    row = html.Div(parts, className="shell__inner simulation-banner__row")
    return html.Div(
        row,
        className="simulation-banner simulation-banner--drill",
        role="region",
        **attributes(aria_label="Übung"),
    )


def drill_mark() -> Component:
    """Lay the word over the whole page: any cut-out of a screenshot shows it."""
    return html.Div(className="drill-mark", **attributes(aria_hidden="true"))


def pace_words(speed: float) -> str:
    """Say how fast the event runs."""
    return f"Zeitraffer {formats.number(speed)}×" if speed else "angehalten"


def _tick(kind: str, words: str, clock: ClockView) -> Component:
    return html.Time(
        words,
        className="number nowrap",
        dateTime=clock.now.isoformat(),
        **attributes(data_tick=kind),
    )
