"""Bars of usable minutes: solid "at least", thin "likely"; the table row carries the words."""

from collections.abc import Iterable

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes

SCALES_MIN = (120, 240, 480, 720, 1440)
"""Ends of the common scale of a table, in minutes: 2, 4, 8, 12 or 24 hours."""


def scale_of(minutes: Iterable[float | None]) -> int:
    """Choose the scale that holds the longest bar."""
    longest = max((value for value in minutes if value is not None), default=0.0)
    return next((scale for scale in SCALES_MIN if longest <= scale), SCALES_MIN[-1])


def usable_bar(least: float | None, likely: float | None, scale_min: int) -> Component:
    """Draw one bar; without any figure there is an empty track, never a bar of zero."""
    if least is None:
        return html.Div(className="usable-bar", **attributes(aria_hidden="true"))
    parts = [
        html.Div(className="usable-bar__likely", style={"--likely": _share(likely, scale_min)}),
        html.Div(className="usable-bar__least", style={"--least": _share(least, scale_min)}),
    ]
    return html.Div(parts, className="usable-bar", **attributes(aria_hidden="true"))


def bar_head(scale_min: int) -> list[Component | str]:
    """Head the column of bars with its scale."""
    ends = html.Span(
        [html.Span("0"), html.Span(formats.duration(scale_min))],
        className="usable-scale",
        **attributes(aria_hidden="true"),
    )
    return ["mindestens bis wahrscheinlich", ends]


def _share(minutes: float | None, scale_min: int) -> str:
    share = min(1.0, (minutes or 0.0) / scale_min)
    return f"{share * 100:.1f}%"
