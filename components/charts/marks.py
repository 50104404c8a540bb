"""The five state shapes as SVG: square, triangle, diamond, disc, dashed ring."""

from math import pi

from components.charts import svg
from components.charts.svg import Svg
from services.flood.model import State


def state_mark(state: State, x: float, y: float, size: float) -> Svg:
    """Draw the shape of a state around a point."""
    half = size / 2
    if state is State.ALARM:
        shape = svg.rect(x - half * 0.9, y - half * 0.9, size * 0.9, size * 0.9, "state-fill")
    elif state is State.WARNUNG:
        corners = [(x, y - half), (x + half, y + half * 0.85), (x - half, y + half * 0.85)]
        shape = svg.path(corners, "state-fill", is_closed=True)
    elif state is State.VORALARM:
        corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
        shape = svg.path(corners, "state-fill", is_closed=True)
    elif state is State.OK:
        shape = svg.element("circle", cx=x, cy=y, r=half * 0.9, class_="state-fill")
    else:
        shape = _dashed_ring(x, y, half * 0.85)
    return svg.group([shape], class_=f"state--{state.value}")


def _dashed_ring(x: float, y: float, radius: float) -> Svg:
    dash = 2 * pi * radius / 12
    return svg.element(
        "circle",
        cx=x,
        cy=y,
        r=radius,
        class_="state-ring",
        style=f"stroke-dasharray:{dash:.2f} {dash:.2f}",
    )
