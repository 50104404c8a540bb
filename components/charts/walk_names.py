"""Names beside the Laufzeitdiagramm: short enough for its margin, never cut where it matters."""

from components.short_name import ELLIPSIS, gauge_name, short_name
from services.situation.rivers import WalkPoint

GAUGE = "pegel"
LIGHTER = 2
"""Letters more that a gauge may have: its name is not bold."""


def walk_name(point: WalkPoint, most: int) -> str:
    """Return the name of a gauge or place in about `most` letters.

    A gauge loses the word "Pegel" before its name is cut; of "Andernach-Miesenheim" the place that
    is meant stays, not the town that it belongs to.
    """
    if point.kind != GAUGE:
        return _tail(short_name(point.label, most), point.label, most)
    room = most + LIGHTER
    full = gauge_name(point.label.split(" (", maxsplit=1)[0])
    if len(full) <= room:
        return full
    bare = full.removeprefix("Pegel ")
    return _tail(short_name(bare, room), bare, room)


def _tail(short: str, label: str, most: int) -> str:
    if not short.endswith(ELLIPSIS):
        return short
    last = label.split(" (", maxsplit=1)[0].replace("-", " ").split(" ")[-1]
    return last if len(last) <= most else short
