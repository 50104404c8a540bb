"""The map of population change: classes, colours, legend."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import formats
from components.maps.choropleth import Area, choropleth_spec, class_token
from components.maps.legend import swatch_legend
from components.population import Change
from services.settlement_model import BoundarySet

TOKENS = ("--neg-3", "--neg-2", "--neg-1", "--mid", "--pos-1", "--pos-2", "--pos-3")
STEPS = (-2.0, -1.0, -0.25, 0.25, 1.0, 2.0)
"""Class limits in percent for the shortest period; longer periods have wider classes."""
FACTOR = {"2011-2020": 4.0, "2016-2020": 2.0, "2018-2020": 1.0}


def steps_of(period: str) -> tuple[float, ...]:
    """Return the class limits of a period in percent."""
    return tuple(step * FACTOR[period] for step in STEPS)


def population_spec(
    changes: Sequence[Change], period: str, boundaries: BoundarySet
) -> dict[str, Any]:
    """Build the map of a period."""
    steps = steps_of(period)
    areas = [
        Area(
            change.municipality.ags,
            change.municipality.name,
            class_token(change.percent, steps, TOKENS),
            _tip(change),
            change.after,
        )
        for change in changes
    ]
    return choropleth_spec(areas, boundaries.features)


def _tip(change: Change) -> str:
    name = change.municipality.name
    if change.percent is None:
        return f"{name}\nkeine Zahl für diesen Zeitraum"
    before, after = formats.number(change.before), formats.number(change.after)
    return f"{name}\n{formats.percent(change.percent)} ({before} → {after} Einwohner)"


def legend(period: str, boundaries: BoundarySet) -> list[Component]:
    """Explain the classes and say what the boundaries are."""
    steps = [formats.signed(step, 1).removesuffix(",0") for step in steps_of(period)]
    words = [
        f"unter {steps[0]}",
        *[f"{low} bis {high}" for low, high in pairwise(steps)],
        f"ab {steps[-1]}",
    ]
    classes = [*zip(TOKENS, words, strict=True), ("", "keine Zahl")]
    note = (
        f"Gemeindegrenzen {boundaries.label}."
        if boundaries.is_schematic
        else boundaries.attribution
    )
    return [
        swatch_legend("Änderung der Einwohnerzahl in Prozent", classes),
        html.P(f"Änderung der Einwohnerzahl in Prozent. {note}", className="muted small"),
    ]
