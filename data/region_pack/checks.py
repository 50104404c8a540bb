"""Faults between tables: a name that points nowhere, a km off its river, levels out of order."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

from data.region_pack.faults import Fault
from data.region_pack.model import RegionPack
from data.region_pack.rating_checks import rating_faults

Lines = Mapping[str, tuple[int, ...]]
_LEVELS = ("voralarm", "warnung", "alarm")


def cross_faults(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    """Yield every fault that shows only when tables are read together."""
    yield from _references(pack, lines)
    yield from _km(pack, lines)
    yield from _river_cycle(pack, lines)
    yield from _levels(pack, lines)
    yield from _reaches(pack, lines)
    yield from _sensors(pack, lines)
    yield from rating_faults(pack, lines)
    yield from _at_exposures(pack, lines)
    yield from _measures(pack, lines)


def _references(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    rivers = {row.river_id for row in pack.rivers}
    gauges = {row.gauge_id for row in pack.gauges}
    places = {row.place_id for row in pack.places}
    known: dict[str, set[str]] = {"river_id": rivers, "gauge_id": gauges, "place_id": places}
    for table in (
        "river_points",
        "reaches",
        "gauges",
        "thresholds",
        "ratings",
        "exposures",
        "pairs",
        "lags",
        "sensors",
        "impacts",
        "measures",
        "gauge_events",
        "objects",
        "contacts",
    ):
        for line, row in zip(lines[table], getattr(pack, table), strict=True):
            for column, values in known.items():
                if table == "gauges" and (column != "river_id" or row.role in {"context", "donor"}):
                    continue
                value = getattr(row, column, None)
                if value is not None and value not in values:
                    yield Fault(f"{table}.csv", line, column, f"„{value}“ ist nirgends angelegt")
    for line, river in zip(lines["rivers"], pack.rivers, strict=True):
        if river.receives_into and river.receives_into not in rivers:
            yield Fault(
                "rivers.csv",
                line,
                "receives_into",
                f"„{river.receives_into}“ ist nirgends angelegt",
            )


def _km(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    length = {row.river_id: row.length_km for row in pack.rivers}
    tables = (
        ("gauges", "river_km"),
        ("exposures", "river_km"),
        ("river_points", "river_km"),
        ("reaches", "from_km"),
        ("reaches", "to_km"),
        ("lags", "from_km"),
        ("lags", "to_km"),
    )
    for table, column in tables:
        for line, row in zip(lines[table], getattr(pack, table), strict=True):
            km, limit = getattr(row, column), length.get(row.river_id)
            if km is not None and limit is not None and not 0 <= km <= limit:
                yield Fault(f"{table}.csv", line, column, f"{km} liegt nicht in 0 bis {limit} km")
    for line, river in zip(lines["rivers"], pack.rivers, strict=True):
        if river.receives_into and river.mouth_km is None:
            yield Fault("rivers.csv", line, "mouth_km", "fehlt, obwohl receives_into gesetzt ist")
        limit = length.get(river.receives_into or "")
        if limit is not None and river.mouth_km is not None and not 0 <= river.mouth_km <= limit:
            yield Fault("rivers.csv", line, "mouth_km", f"liegt nicht in 0 bis {limit} km")


def _river_cycle(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    into = {row.river_id: row.receives_into for row in pack.rivers}
    for line, row in zip(lines["rivers"], pack.rivers, strict=True):
        seen, at = {row.river_id}, row.receives_into
        while at is not None and at in into and at not in seen:
            seen.add(at)
            at = into[at]
        if at == row.river_id:
            reason = f"„{row.river_id}“ mündet im Kreis in sich selbst"
            yield Fault("rivers.csv", line, "receives_into", reason)


def _levels(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    yield from _ordered(
        "thresholds", lines["thresholds"], pack.thresholds, lambda row: (row.gauge_id,)
    )
    yield from _ordered(
        "pairs",
        lines["pairs"],
        pack.pairs,
        lambda row: (row.gauge_id, row.place_id, row.river_id),
    )


def _ordered(
    table: str,
    lines: tuple[int, ...],
    found: Iterable[object],
    key: Callable[..., tuple[str, ...]],
) -> Iterator[Fault]:
    groups: dict[tuple[str, ...], dict[str, tuple[int, float]]] = {}
    for line, row in zip(lines, found, strict=True):
        groups.setdefault(key(row), {})[row.level] = (line, row.value)  # type: ignore[attr-defined]  # both tables have level and value
    for name, levels in groups.items():
        missing = [level for level in _LEVELS if level not in levels]
        if missing:
            line = next(iter(levels.values()))[0]
            yield Fault(
                f"{table}.csv", line, "level", f"{' '.join(name)}: es fehlt {', '.join(missing)}"
            )
            continue
        values = [levels[level][1] for level in _LEVELS]
        if not values[0] < values[1] < values[2]:
            yield Fault(
                f"{table}.csv",
                levels["alarm"][0],
                "value",
                f"{' '.join(name)}: Voralarm < Warnung < Alarm gilt nicht ({values})",
            )


def _reaches(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    by_river: dict[str, list[tuple[float, float, int]]] = {}
    for line, row in zip(lines["reaches"], pack.reaches, strict=True):
        if row.from_km <= row.to_km:
            yield Fault(
                "reaches.csv",
                line,
                "from_km",
                "muss oberhalb von to_km liegen (km zählt ab Mündung)",
            )
        by_river.setdefault(row.river_id, []).append((row.from_km, row.to_km, line))
    for river, reaches in by_river.items():
        ordered = sorted(reaches, reverse=True)
        for upper, lower in pairwise(ordered):
            if abs(upper[1] - lower[0]) > 1e-6:  # noqa: PLR2004  # km written with few decimals
                yield Fault(
                    "reaches.csv",
                    lower[2],
                    "from_km",
                    f"{river}: schließt nicht an die Strecke darüber an ({upper[1]} km)",
                )


def _at_exposures(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    places = {(row.place_id, row.river_id) for row in pack.exposures}
    for table in ("impacts", "objects"):
        for line, row in zip(lines[table], getattr(pack, table), strict=True):
            is_named = row.place_id is not None and row.river_id is not None
            if is_named and (row.place_id, row.river_id) not in places:
                reason = f"„{row.place_id}“ liegt in exposures.csv nicht an „{row.river_id}“"
                yield Fault(f"{table}.csv", line, "place_id", reason)


def _measures(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    places = {(row.place_id, row.river_id) for row in pack.exposures}
    for line, row in zip(lines["measures"], pack.measures, strict=True):
        if row.place_id and not row.river_id:
            yield Fault("measures.csv", line, "river_id", "ein Ort braucht sein Gewässer dazu")
        elif row.place_id and (row.place_id, row.river_id) not in places:
            reason = f"„{row.place_id}“ liegt in exposures.csv nicht an „{row.river_id}“"
            yield Fault("measures.csv", line, "place_id", reason)


def _sensors(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    observed = {row.gauge_id: row.observes for row in pack.gauges}
    for line, row in zip(lines["sensors"], pack.sensors, strict=True):
        wanted = observed.get(row.gauge_id)
        level = row.observed_property in {"stage", "discharge"}
        if wanted and level and row.observed_property != wanted:
            yield Fault(
                "sensors.csv",
                line,
                "observed_property",
                f"der Pegel {row.gauge_id} beobachtet {wanted}, der Sensor {row.observed_property}",
            )
