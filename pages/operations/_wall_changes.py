"""What is new on a wall: a region that a screen already shows is neither sent nor drawn again.

Drawing costs the browser by the number of components, and a wall draws for days.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import no_update
from plotly.utils import PlotlyJSONEncoder

from components.content import Content
from pages.operations import _wall_ids as ids

MARK_LENGTH = 16
"""Hexadecimal digits; two contents of one region share a mark once in 10^19 drawings."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The content of all regions in the order of their ids, and a mark of each by its id."""

    content: tuple[Content, ...]
    marks: Mapping[str, str]


def marked(content: Sequence[Content]) -> Drawn:
    """Mark each content by what the browser would get."""
    return Drawn(
        tuple(content),
        {name: _mark(part) for name, part in zip(ids.REGIONS, content, strict=True)},
    )


def only_new(drawn: Drawn, shown: Mapping[str, str] | None) -> tuple[Any, ...]:
    """Return the content of the regions whose mark differs from what a screen shows."""
    known = shown if isinstance(shown, Mapping) else {}
    return tuple(
        no_update if known.get(name) == drawn.marks[name] else part
        for name, part in zip(ids.REGIONS, drawn.content, strict=True)
    )


def _mark(part: Content) -> str:
    text = json.dumps(part, cls=PlotlyJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:MARK_LENGTH]
