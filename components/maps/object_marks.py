"""Objects at risk as marks of the map: a house in the colour of what is said of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from components.impact_parts import when_words
from components.object_parts import CUT_OFF, ESTIMATE, OBJECT_KINDS
from services.objects_at_risk.model import ObjectView

OBJECT_PX = 16


def object_rows(objects: Sequence[ObjectView], now: datetime) -> list[dict[str, Any]]:
    """Return a mark for each object whose position is known; the list names the others too.

    One that only its place is known of would hide the mark of the place.
    """
    return [_row(view, now) for view in objects if view.lat is not None and not view.is_at_place]


def _row(view: ObjectView, now: datetime) -> dict[str, Any]:
    shape, word = CUT_OFF[view.reach]
    kind = OBJECT_KINDS.get(view.kind, view.kind)
    lines = [f"{view.name} ({kind})", f"{word}: {when_words(view, now)}"]
    if view.provisional:
        lines.append(ESTIMATE)
    return {
        "position": [view.lon, view.lat],
        "icon": "object",
        "halo": "object",
        "size": OBJECT_PX,
        "color": f"var(--{shape})",
        "pick": ["object", view.object_id],
        "tip": "\n".join(lines),
    }
