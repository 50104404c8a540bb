"""The atlas of state shapes for the map: white on clear, tinted by the layer; an SVG of our own."""

from urllib.parse import quote

from components.charts import svg
from components.charts.svg import Svg
from services.flood.model import State

CELL = 64
CENTRE = CELL / 2
WHITE = "#fff"
VILLAGE_HALF = 27.0
GAUGE_HALF = 13.0
RING_RADIUS = 26.0
RING_WIDTH = 6.0
STATES = (State.ALARM, State.WARNUNG, State.VORALARM, State.OK, State.UNBEKANNT)


def _shape(state: State, x: float, half: float) -> Svg:
    y = CENTRE
    if state is State.ALARM:
        side = half * 1.75
        return svg.element(
            "rect", x=x - side / 2, y=y - side / 2, width=side, height=side, rx=4, fill=WHITE
        )
    if state is State.OK:
        return svg.element("circle", cx=x, cy=y, r=half * 0.9, fill=WHITE)
    if state is State.UNBEKANNT:
        return svg.element(
            "circle",
            cx=x,
            cy=y,
            r=half * 0.8,
            fill="none",
            stroke=WHITE,
            stroke_width=half * 0.34,
            stroke_dasharray=f"{half * 0.55:.1f} {half * 0.42:.1f}",
        )
    if state is State.WARNUNG:
        corners = [(x, y - half), (x + half, y + half * 0.85), (x - half, y + half * 0.85)]
    else:
        corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
    return svg.element(
        "polygon", points=" ".join(f"{a:.1f},{b:.1f}" for a, b in corners), fill=WHITE
    )


def _gauge(state: State, x: float) -> Svg:
    ring = svg.element(
        "circle",
        cx=x,
        cy=CENTRE,
        r=RING_RADIUS,
        fill="none",
        stroke=WHITE,
        stroke_width=RING_WIDTH,
    )
    return svg.group([ring, _shape(state, x, GAUGE_HALF)])


def _house(x: float) -> Svg:
    """Draw a house: an object, told apart from places and gauges by its outline."""
    y, half = CENTRE, 22.0
    corners = (
        (x, y - half * 1.2),
        (x + half, y - half * 0.2),
        (x + half, y + half),
        (x - half, y + half),
        (x - half, y - half * 0.2),
    )
    return svg.element(
        "polygon", points=" ".join(f"{a:.1f},{b:.1f}" for a, b in corners), fill=WHITE
    )


def _disc(x: float) -> Svg:
    return svg.element("circle", cx=x, cy=CENTRE, r=30, fill=WHITE)


def _atlas() -> tuple[str, dict[str, dict[str, float | bool]]]:
    cells: list[tuple[str, Svg]] = []
    for state in STATES:
        x = len(cells) * CELL + CENTRE
        cells.append((f"village-{state.value}", _shape(state, x, VILLAGE_HALF)))
    for state in STATES:
        x = len(cells) * CELL + CENTRE
        cells.append((f"gauge-{state.value}", _gauge(state, x)))
    cells.append(("object", _house(len(cells) * CELL + CENTRE)))
    cells.append(("disc", _disc(len(cells) * CELL + CENTRE)))
    width = len(cells) * CELL
    drawing = svg.element(
        "svg",
        *[shape for _, shape in cells],
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=CELL,
        viewBox=f"0 0 {width} {CELL}",
    )
    mapping: dict[str, dict[str, float | bool]] = {
        name: {"x": index * CELL, "y": 0, "width": CELL, "height": CELL, "mask": True}
        for index, (name, _) in enumerate(cells)
    }
    return f"data:image/svg+xml;charset=utf-8,{quote(str(drawing))}", mapping


ATLAS, MAPPING = _atlas()
