"""Public transport supply by association of municipalities."""

from collections.abc import Iterable, Mapping

from components.associations import association_name
from components.charts.stops_svg import SupplyRow
from services.settlement_model import StopSupplyView


def rows_by_association(
    supply: Iterable[StopSupplyView], population: Mapping[str, int | None]
) -> list[SupplyRow]:
    """Sum the stops of each association, most stops first.

    `population` maps an AGS to its inhabitants; where one is missing the ratio stays open.
    """
    groups: dict[str, list[StopSupplyView]] = {}
    for row in supply:
        groups.setdefault(association_name(row.vg) or row.name, []).append(row)
    rows = [_row(name, group, population) for name, group in groups.items()]
    return sorted(rows, key=lambda row: -row.total)


def _row(name: str, group: list[StopSupplyView], population: Mapping[str, int | None]) -> SupplyRow:
    bus, rail = sum(row.bus for row in group), sum(row.rail for row in group)
    other = sum(row.other for row in group)
    people = [population.get(row.ags) for row in group]
    known = [value for value in people if value]
    is_complete = len(known) == len(group)
    per_1000 = 1000.0 * (bus + rail + other) / sum(known) if is_complete else None
    return SupplyRow(name, bus, rail, other, per_1000)
