"""The drawing of the Laufzeitdiagramm: river km against time, the wave walks down the river."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from components import formats
from components.charts import labels, svg
from components.charts.frame import Frame, time_ticks
from components.charts.marks import state_mark
from components.charts.svg import Svg
from components.charts.walk_names import GAUGE, walk_name
from components.states import WARNED
from services.flood.model import State
from services.situation.rivers import RiverWalk, WalkPoint

PAST = timedelta(minutes=45)
SHORTEST = timedelta(hours=6)
LONGEST = timedelta(hours=13)
LABEL_HEIGHT = 18.0
ROOM_PER_POINT = 38.0
LABEL_SHARE = 0.55
SPAN_HEIGHT = 7.0
MARK_SIZE = 13.0
TOP = 30.0
BOTTOM = 44.0
KM_MARGIN = 0.04


@dataclass(frozen=True, slots=True)
class Variant:
    """Size of a drawing, room for names at the left, and how long a name may be."""

    key: str
    width: float
    left: float
    right: float
    name_length: int
    ticks_x: int
    base_height: float
    least_height: float


WIDE = Variant("w", 640, 188, 18, 21, 8, 440, 390)
NARROW = Variant("n", 330, 156, 8, 16, 3, 400, 230)
WALL = Variant("wall", 400, 158, 10, 16, 4, 300, 250)
"""The narrow one is as wide as a panel on a phone, so that its letters keep their
size; that of the wall is flat, because the screen is."""


def height_of(walk: RiverWalk, variant: Variant) -> float:
    """Return a height in which every name fits."""
    wanted = TOP + BOTTOM + ROOM_PER_POINT * len(walk.points)
    return max(variant.least_height, min(wanted, variant.base_height), wanted * LABEL_SHARE)


def river_walk_svg(walk: RiverWalk, variant: Variant, about: str) -> Svg:
    """Draw the diagram in one variant."""
    points = sorted(walk.points, key=lambda point: -point.river_km)
    height = height_of(walk, variant)
    frame = _frame(points, walk.now, variant, height)
    parts = [
        *_axis(frame, variant),
        *_band(frame, points),
        svg.line(frame.x(walk.now), TOP - 6, frame.x(walk.now), frame.bottom, "now-line"),
        svg.text(frame.x(walk.now) + 5, TOP - 11, f"jetzt {formats.clock(walk.now)}", "now-text"),
        *[part for point in points for part in _span(frame, point, walk.now)],
        *_names(frame, points, walk.now, variant),
    ]
    title = f"Laufzeitdiagramm {walk.river_name}"
    return svg.document((variant.width, height), title, about, parts, f"walk-{variant.key}")


def _frame(points: Sequence[WalkPoint], now: datetime, variant: Variant, height: float) -> Frame:
    latest = [point.latest for point in points if point.latest]
    end = max([now + SHORTEST, *latest])
    kms = [point.river_km for point in points] or [0.0, 1.0]
    margin = max(0.5, (max(kms) - min(kms)) * KM_MARGIN)
    return Frame(
        left=variant.left,
        right=variant.width - variant.right,
        top=TOP,
        bottom=height - BOTTOM,
        start=now - PAST,
        end=min(end + timedelta(minutes=20), now + LONGEST),
        low=min(kms) - margin,
        high=max(kms) + margin,
    )


def _axis(frame: Frame, variant: Variant) -> Iterator[Svg]:
    for at, word in time_ticks(frame.start, frame.end, variant.ticks_x):
        x = frame.x(at)
        yield svg.line(x, frame.top, x, frame.bottom, "grid-line")
        if x <= frame.right - 12:
            yield svg.text(x, frame.bottom + 18, word, "t-mid")
    yield svg.line(frame.left, frame.bottom, frame.right, frame.bottom, "axis-line")
    yield svg.text(frame.left, frame.bottom + 37, "Uhrzeit der Ankunft →", "t-small")
    yield svg.text(2, frame.bottom + 37, "↓ flussabwärts", "t-small")


def _clamped(frame: Frame, at: datetime) -> float:
    return frame.x(min(max(at, frame.start), frame.end))


def _band(frame: Frame, points: Sequence[WalkPoint]) -> list[Svg]:
    """Draw where the wave walks from place to place; it ends where one has no time ahead."""
    places = [point for point in points if point.kind != GAUGE or _has_times(frame, point)]
    parts: list[Svg] = []
    for is_known, group in groupby(places, key=lambda point: _has_times(frame, point)):
        known = list(group)
        if not is_known or len(known) < 2:  # noqa: PLR2004 - a band needs two ends
            continue
        left = [(_clamped(frame, p.earliest), frame.y(p.river_km)) for p in known if p.earliest]
        right = [(_clamped(frame, p.latest), frame.y(p.river_km)) for p in known if p.latest]
        middle = [(_clamped(frame, p.likely), frame.y(p.river_km)) for p in known if p.likely]
        parts += [
            svg.path(left + right[::-1], "band", is_closed=True),
            svg.path(middle, "band-mid"),
        ]
    return parts


def _has_times(frame: Frame, point: WalkPoint) -> bool:
    return bool(point.earliest and point.latest) and not _is_past(frame, point)


def _span(frame: Frame, point: WalkPoint, now: datetime) -> list[Svg]:
    y = frame.y(point.river_km)
    if point.earliest is None:
        if point.state is not State.UNBEKANNT:
            return []
        return [svg.line(frame.x(now), y, frame.right, y, "unknown-span")]
    if _is_past(frame, point):
        return []
    x1, x2 = _clamped(frame, point.earliest), _clamped(frame, point.latest or frame.end)
    class_ = "state-span" if point.latest else "state-span-soft"
    parts = [svg.rect(x1, y - SPAN_HEIGHT / 2, max(3.0, x2 - x1), SPAN_HEIGHT, class_)]
    if point.latest is None:
        parts.append(svg.rect(x1, y - SPAN_HEIGHT / 2, MARK_SIZE / 3, SPAN_HEIGHT, "state-span"))
    if point.likely:
        x = _clamped(frame, point.likely)
        parts.append(svg.line(x, y - SPAN_HEIGHT / 2, x, y + SPAN_HEIGHT / 2, "state-tick"))
    return [svg.group(parts, class_=f"state--{point.state.value}")]


def _is_past(frame: Frame, point: WalkPoint) -> bool:
    return point.latest is not None and point.latest < frame.start


def _past_words(frame: Frame, point: WalkPoint, y: float, now: datetime) -> Svg:
    """Say in the row of a name that its wave came before the drawing begins."""
    word = "schon erreicht" if point.state in WARNED else "vorüber"
    return svg.text(frame.x(now) + 6, y + 4.5, word, "t-small t-halo")


def _names(
    frame: Frame, points: Sequence[WalkPoint], now: datetime, variant: Variant
) -> Iterator[Svg]:
    wanted = [frame.y(point.river_km) for point in points]
    placed = labels.spread(wanted, LABEL_HEIGHT, frame.top - 4, frame.bottom)
    edge = frame.left
    for point, y, label_y in zip(points, wanted, placed, strict=True):
        class_ = "t-end" if point.kind == GAUGE else "t-end t-strong"
        name = walk_name(point, variant.name_length)
        yield svg.path(
            [(edge - 22, label_y), (edge - 14, label_y), (edge - 4, y), (edge, y)], "leader"
        )
        yield state_mark(point.state, edge - 22, label_y, MARK_SIZE)
        yield svg.text(edge - 33, label_y + 4.5, name, class_)
        if _is_past(frame, point):
            yield _past_words(frame, point, label_y, now)
