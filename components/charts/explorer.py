"""The interactive figure of a gauge: a ready-made dict, German formats, loaded only on demand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from components import formats
from components.states import WORDS
from services.flood.model import Flag, State
from services.situation.model import Point, ThresholdView

INK = {"dark": ("#c0ccd8", "#2c3a48", "#6cc3ee"), "light": ("#3d4b5b", "#d5dde5", "#0e6a94")}
"""Text, grid and line: the tokens of both themes, because this figure cannot read CSS."""
STATE_INK = {
    "dark": {State.VORALARM: "#f2c94c", State.WARNUNG: "#ff9f66", State.ALARM: "#ff82a5"},
    "light": {State.VORALARM: "#765700", State.WARNUNG: "#a83b06", State.ALARM: "#a00f3c"},
}
NO_NOTES: Mapping[datetime, str] = {}
CONFIG: Any = {
    "displaylogo": False,
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": "reset",
    "responsive": True,
}


def explorer_figure(
    points: Sequence[Point],
    unit: str,
    thresholds: Sequence[ThresholdView],
    theme: str,
    notes: Mapping[datetime, str] = NO_NOTES,
) -> dict[str, Any]:
    """Draw readings over local time with the thresholds as lines; `notes` tell of single ones."""
    mode = "dark" if theme in ("dark", "wall") else "light"
    text, grid, line = INK[mode]
    trace = {
        "type": "scatter",
        "mode": "lines",
        "x": [f"{formats.local(point.at):%Y-%m-%dT%H:%M}" for point in points],
        "y": [None if point.flag == Flag.FAIL else point.value for point in points],
        "line": {"color": line, "width": 2},
        "connectgaps": False,
        "hovertemplate": (
            f"%{{x|%d.%m.%Y %H:%M}} Uhr<br><b>%{{y:.2f}} {unit}</b>%{{text}}<extra></extra>"
        ),
        "text": [f"<br>{escape(notes[point.at])}" if point.at in notes else "" for point in points],
    }
    axis = {"gridcolor": grid, "zeroline": False, "linecolor": grid}
    return {
        "data": [trace],
        "layout": {
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"color": text, "family": "system-ui, sans-serif", "size": 13},
            "margin": {"l": 56, "r": 16, "t": 12, "b": 40},
            "separators": ",.",
            "hovermode": "x",
            "dragmode": "zoom",
            "showlegend": False,
            "xaxis": {**axis, "type": "date", "tickformat": "%d.%m.\n%H:%M"},
            "yaxis": {**axis, "title": {"text": unit}, "rangemode": "tozero"},
            "shapes": [_line(threshold, mode) for threshold in thresholds],
            "annotations": [_name(threshold, mode, unit) for threshold in thresholds],
        },
    }


def _line(threshold: ThresholdView, mode: str) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": threshold.value,
        "y1": threshold.value,
        "line": {"color": STATE_INK[mode][threshold.level], "width": 1.5, "dash": "dash"},
    }


def _name(threshold: ThresholdView, mode: str, unit: str) -> dict[str, Any]:
    return {
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "y": threshold.value,
        "yanchor": "bottom",
        "showarrow": False,
        "text": f"{WORDS[threshold.level]} {formats.quantity(threshold.value, unit)}",
        "font": {"color": STATE_INK[mode][threshold.level], "size": 12},
    }
