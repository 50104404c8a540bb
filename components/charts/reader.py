"""The part of a chart that is read by pointer and arrow keys, as a slider over its readings."""

import json
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes


def reader(
    drawings: Sequence[Component],
    readings: Sequence[Sequence[object]],
    newest: int,
    label: str,
    words: str,
) -> Component:
    """Hold drawings with their readings; `newest` is read at first, as `words` say it."""
    return html.Div(
        list(drawings),
        className="chart__reader",
        tabIndex=0,
        role="slider",
        **attributes(
            data_reader=json.dumps(readings, separators=(",", ":")),
            data_reader_start=str(newest),
            aria_label=label,
            aria_valuemin="0",
            aria_valuemax=str(max(0, len(readings) - 1)),
            aria_valuenow=str(newest),
            aria_valuetext=words,
        ),
    )
