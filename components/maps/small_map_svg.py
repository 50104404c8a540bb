"""A small map as a drawing: ground, rivers in the colour of their state, numbered places.

For walls and files, where a map must redraw for days without growing and be read from afar; the
map that one moves and clicks is `water_map`.
"""

from collections.abc import Iterable, Sequence

from components.charts import svg
from components.charts.marks import state_mark
from components.charts.svg import Svg
from components.states import WARNED, rank
from services.flood.model import State
from services.map_frame import MapFrame
from services.situation.model import GaugeView, VillageView
from services.situation.rivers import RiverLine

WIDTH = 640.0
MARK = 17.0
CALM_MARK = 10.0
GAUGE_MARK = 11.0
NUMBERED = 6
"""As many places as have a tile beside the map."""
Ring = Sequence[tuple[float, float]]


def ground_svg(frame: MapFrame, rings: Iterable[Ring], key: str) -> Svg:
    """Draw the municipalities alone: what does not change from run to run."""
    parts = [
        svg.path([frame.place(lon, lat, WIDTH) for lon, lat in ring], "land", is_closed=True)
        for ring in rings
    ]
    return _sheet(frame, "Gemeinden der Region", "Grund der Karte", parts, key)


def state_map_svg(
    frame: MapFrame,
    rivers: Sequence[RiverLine],
    villages: Sequence[VillageView],
    gauges: Sequence[GaugeView],
    about: str,
) -> Svg:
    """Draw rivers, gauges and places; the first places of the list carry their number."""
    parts = [_river(frame, river) for river in sorted(rivers, key=lambda each: -rank(each.state))]
    parts += [_gauge(frame, gauge) for gauge in gauges if gauge.is_connected and gauge.lat]
    numbers = {(each.place_id, each.river_id): n for n, each in enumerate(villages, start=1)}
    for village in reversed(villages):
        parts.append(_place(frame, village, numbers[(village.place_id, village.river_id)]))
    return _sheet(frame, "Karte der Lage", about, parts, "small-map")


def _sheet(frame: MapFrame, title: str, about: str, parts: Iterable[Svg], key: str) -> Svg:
    return svg.document((WIDTH, WIDTH / frame.aspect), title, about, parts, key)


def _river(frame: MapFrame, river: RiverLine) -> Svg:
    line = [frame.place(lon, lat, WIDTH) for lon, lat in river.points]
    kind = "river river--warned" if river.state in WARNED else "river"
    return svg.group([svg.path(line, kind)], class_=f"state--{river.state.value}")


def _gauge(frame: MapFrame, gauge: GaugeView) -> Svg:
    x, y = frame.place(gauge.lon or 0.0, gauge.lat or 0.0, WIDTH)
    state = State.UNBEKANNT if gauge.is_silent else gauge.state
    return state_mark(state, x, y, GAUGE_MARK)


def _place(frame: MapFrame, village: VillageView, number: int) -> Svg:
    x, y = frame.place(village.lon, village.lat, WIDTH)
    if village.state not in WARNED or number > NUMBERED:
        return state_mark(village.state, x, y, MARK if village.state in WARNED else CALM_MARK)
    words = svg.element(
        "text", str(number), x=x + MARK * 0.75, y=y - MARK * 0.2, class_="map-number"
    )
    return svg.group([state_mark(village.state, x, y, MARK), words])
