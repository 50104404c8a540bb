"""From which reading of a gauge on something happens: own readings, and levels of places below."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from data.region_pack.impact_rows import ImpactRow
from data.region_pack.risk_rows import ObjectRow
from services.flood.model import State, Village
from services.gauge_context.model import ImpactMark
from services.region import Region

Key = tuple[float, str, bool]


def impact_marks(
    region: Region, gauge_id: str, impacts: Iterable[ImpactRow]
) -> tuple[ImpactMark, ...]:
    """Return the marks of a gauge from low to high, one for each reading and place.

    A level of a place speaks at the gauge next above the place only: there it is surest.
    """
    pack = region.pack
    names = {row.place_id: row.name for row in pack.places}
    villages = {
        (row.place_id, row.river_id): row
        for row in region.network.villages
        if row.paths and row.paths[0].gauge_id == gauge_id
    }
    found: defaultdict[Key, list[str]] = defaultdict(list)
    for row in _rows(impacts, pack.objects):
        key = _key(row, gauge_id, villages, names)
        if key is not None:
            found[key].append(row.what if isinstance(row, ImpactRow) else row.name)
    return tuple(
        ImpactMark(value, tuple(dict.fromkeys(what)), place, is_transferred)
        for (value, place, is_transferred), what in sorted(found.items())
    )


def _rows(
    impacts: Iterable[ImpactRow], objects: Iterable[ObjectRow]
) -> Iterable[ImpactRow | ObjectRow]:
    """Yield impacts, and objects that have a reading of their own and are no impact already."""
    known = set()
    for impact in impacts:
        known.add(impact.impact_id)
        yield impact
    for row in objects:
        if row.gauge_id is not None and row.object_id not in known:
            yield row


def _key(
    row: ImpactRow | ObjectRow,
    gauge_id: str,
    villages: Mapping[tuple[str, str], Village],
    names: Mapping[str, str],
) -> Key | None:
    place = names.get(row.place_id or "", "")
    if row.gauge_id is not None:
        return (row.value, place, False) if row.gauge_id == gauge_id and row.value else None
    village = villages.get((row.place_id or "", row.river_id or ""))
    if village is None or row.level is None:
        return None
    value = village.paths[0].levels.get(State(row.level))
    return None if value is None else (value, place, True)
