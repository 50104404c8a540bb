"""The map of stops per 1,000 inhabitants: classes, colours, legend."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import formats
from components.maps.choropleth import Area, choropleth_spec, class_token
from components.maps.legend import swatch_legend
from services.settlement_model import BoundarySet, MunicipalityView, StopSupplyView

TOKENS = ("--mid", "--seq-1", "--seq-2", "--seq-3", "--seq-4", "--seq-5")
STEPS = (0.001, 2.0, 4.0, 6.0, 10.0)
"""Class limits: no stop at all is a class of its own, then stops per 1,000 inhabitants."""
WORDS = ("keine", "unter 2", "2 bis 4", "4 bis 6", "6 bis 10", "ab 10")


def supply_spec(
    supply: Sequence[StopSupplyView],
    municipalities: Sequence[MunicipalityView],
    boundaries: BoundarySet,
) -> dict[str, Any]:
    """Build the map."""
    people = {row.ags: row.pop_2020 for row in municipalities}
    areas = [
        Area(
            row.ags,
            row.name,
            class_token(row.per_1000, STEPS, TOKENS),
            _tip(row),
            people.get(row.ags),
        )
        for row in supply
    ]
    return choropleth_spec(areas, boundaries.features)


def _tip(row: StopSupplyView) -> str:
    total = row.bus + row.rail + row.other
    per = formats.number(row.per_1000, 1)
    return f"{row.name}\n{formats.number(total)} Haltestellen, {per} je 1.000 Einwohner"


def legend(boundaries: BoundarySet) -> list[Component]:
    """Explain the classes and say what the boundaries are."""
    classes = [*zip(TOKENS, WORDS, strict=True), ("", "keine Zahl")]
    note = (
        f"Gemeindegrenzen {boundaries.label}."
        if boundaries.is_schematic
        else boundaries.attribution
    )
    return [
        swatch_legend("Haltestellen je 1.000 Einwohner", classes),
        html.P(f"Haltestellen je 1.000 Einwohner. {note}", className="muted small"),
    ]
