"""Which measures the state of places proposes: pure, so that its promises can be tested."""

from collections.abc import Collection, Iterable, Mapping

from data.region_pack.measure_rows import MeasureRow
from services.alarm_plan.model import Proposal
from services.flood.model import LEVELS, State
from services.situation.model import VillageView


def proposals(
    rows: Iterable[MeasureRow],
    villages: Iterable[VillageView],
    started: Collection[tuple[str, str]],
) -> tuple[Proposal, ...]:
    """Return what is due and not started, the gravest river first.

    `started` are (river, measure) of open stages. A lower level brings its measures along: who is
    surprised by an alarm has not done those of the warning yet. Calm proposes nothing, and neither
    does missing data; what was started goes on until people close it.
    """
    plan = sorted(rows, key=lambda row: (row.order, row.measure_id))
    warned: dict[str, list[VillageView]] = {}
    for village in villages:
        if village.exposed and village.state in LEVELS:
            warned.setdefault(village.river_id, []).append(village)
    found = [_of_river(plan, river, views, started) for river, views in warned.items()]
    kept = [proposal for proposal in found if proposal.rows]
    return tuple(sorted(kept, key=lambda item: (-LEVELS.index(item.level), item.river_name)))


def due(
    rows: Iterable[MeasureRow],
    river_id: str,
    level: State,
    places: Mapping[str, State],
    started: Collection[tuple[str, str]],
) -> tuple[MeasureRow, ...]:
    """Return the rows of a river up to a level that are not started.

    A row of a place is due only at the state of that place itself; where people start a lower
    level than the place has reached, the row stays proposed.
    """
    return tuple(
        row
        for row in rows
        if row.river_id in {None, river_id}
        and (river_id, row.measure_id) not in started
        and _is_reached(State(row.level), level)
        and (not row.place_id or _is_reached(State(row.level), places.get(row.place_id)))
    )


def _of_river(
    plan: Iterable[MeasureRow],
    river_id: str,
    views: list[VillageView],
    started: Collection[tuple[str, str]],
) -> Proposal:
    places = {view.place_id: view.state for view in views}
    level = max(places.values(), key=LEVELS.index)
    gravest = tuple(view.name for view in views if view.state is level)
    found = due(plan, river_id, level, places, started)
    return Proposal(river_id, views[0].river_name, level, gravest, found)


def _is_reached(wanted: State, state: State | None) -> bool:
    return state in LEVELS and LEVELS.index(state) >= LEVELS.index(wanted)
