"""Faults that would mislead in a flood: a distance read as a stage, a level that is never reached.

Every value here is well formed by itself; only beside its neighbours it shows that it is wrong.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from data.region_pack.faults import Fault
from data.region_pack.model import RegionPack

Lines = Mapping[str, tuple[int, ...]]
_SAME_KM = 1e-6
"""Kilometres are written with few decimals; what is closer is the same point."""
_DISTANCE_WORDS = ("distance", "abstand")
_MAIN = frozenset({"stage", "discharge"})
_TAKING_PART = frozenset({"target", "state"})


def plausibility_faults(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    """Yield every fault that makes a pack dangerous although all its tables are in order."""
    yield from _gauge_ranges(pack, lines)
    yield from _levels_in_range(pack, lines)
    yield from _distance_sensors(pack, lines)
    yield from _main_sensors(pack, lines)
    yield from _unknown_municipalities(pack, lines)
    yield from _lags(pack, lines)
    yield from _pairs_below(pack, lines)
    yield from _reaches_from_source(pack, lines)
    yield from _gauges_on_reaches(pack, lines)


def _each(pack: RegionPack, lines: Lines, table: str) -> Iterator[tuple[int, Any]]:
    yield from zip(lines[table], getattr(pack, table), strict=True)


def _gauge_ranges(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    for line, row in _each(pack, lines, "gauges"):
        if row.range_min >= row.range_max:
            reason = f"{row.range_max:g} liegt nicht über range_min ({row.range_min:g})"
            yield Fault("gauges.csv", line, "range_max", reason)


def _levels_in_range(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    ranges = {row.gauge_id: (row.range_min, row.range_max) for row in pack.gauges}
    for table in ("thresholds", "pairs"):
        for line, row in _each(pack, lines, table):
            low, high = ranges.get(row.gauge_id, (row.value, row.value))
            if low < high and not low <= row.value <= high:
                reason = (
                    f"{row.value:g} liegt außerhalb des Messbereichs {low:g} bis {high:g} des "
                    f"Pegels {row.gauge_id}; die Stufe würde nie richtig erkannt"
                )
                yield Fault(f"{table}.csv", line, "value", reason)


def _distance_sensors(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    for line, row in _each(pack, lines, "sensors"):
        is_distance = any(word in row.path.lower() for word in _DISTANCE_WORDS)
        if row.observed_property == "stage" and is_distance and row.mount_height_m is None:
            reason = (
                f"fehlt, obwohl „{row.path}“ ein Abstand zum Wasser ist; ohne die Höhe über dem "
                "Pegelnull würde fallendes Wasser als steigendes gelesen"
            )
            yield Fault("sensors.csv", line, "mount_height_m", reason)


def _main_sensors(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    """Yield a second sensor of a gauge, and a sensor of a gauge whose place is unknown.

    A simulated and a real sensor may stand side by side: only one of them speaks at a time.
    """
    without_km = {
        row.gauge_id for row in pack.gauges if row.river_km is None and row.role in _TAKING_PART
    }
    first: dict[tuple[str, bool], int] = {}
    for line, row in _each(pack, lines, "sensors"):
        if row.observed_property not in _MAIN:
            continue
        earlier = first.setdefault((row.gauge_id, row.simulated), line)
        if earlier != line:
            reason = f"der Pegel {row.gauge_id} hat schon einen Sensor in Zeile {earlier}"
            yield Fault("sensors.csv", line, "gauge_id", reason)
    with_sensor = {gauge_id for gauge_id, _ in first}
    for line, row in _each(pack, lines, "gauges"):
        if row.gauge_id in without_km & with_sensor:
            reason = "fehlt, obwohl der Pegel einen Sensor hat; so warnt er keinen Ort"
            yield Fault("gauges.csv", line, "river_km", reason)


def _unknown_municipalities(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    known, prefix = {row.ags for row in pack.municipalities}, pack.info.ags_prefix
    if not known or not prefix:
        return
    for table in ("places", "stops"):
        for line, row in _each(pack, lines, table):
            if row.ags.startswith(prefix) and row.ags not in known:
                reason = f"„{row.ags}“ steht nicht in municipalities.csv"
                yield Fault(f"{table}.csv", line, "ags", reason)


def _lags(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    for line, row in _each(pack, lines, "lags"):
        if row.from_km <= row.to_km:
            reason = "muss oberhalb von to_km liegen (km zählt ab Mündung)"
            yield Fault("lags.csv", line, "from_km", reason)


def _pairs_below(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    gauges = {row.gauge_id: row for row in pack.gauges}
    places = {(row.place_id, row.river_id): row.river_km for row in pack.exposures}
    for line, row in _each(pack, lines, "pairs"):
        gauge, place_km = gauges.get(row.gauge_id), places.get((row.place_id, row.river_id))
        if place_km is None:
            reason = f"„{row.place_id}“ hat an „{row.river_id}“ keine Zeile in exposures.csv"
            yield Fault("pairs.csv", line, "place_id", reason)
        elif gauge is not None and gauge.river_km is not None:
            arrives_at = _km_on(pack, (gauge.river_id, gauge.river_km), row.river_id)
            if arrives_at is None or arrives_at < place_km:
                reason = f"„{row.place_id}“ liegt nicht unterhalb des Pegels {row.gauge_id}"
                yield Fault("pairs.csv", line, "place_id", reason)


def _km_on(pack: RegionPack, start: tuple[str, float], river_id: str) -> float | None:
    """Return where water from `start` enters a river on its way down; None if it never does."""
    rivers = {row.river_id: row for row in pack.rivers}
    (at, km), seen = start, set[str]()
    while at != river_id:
        river = rivers.get(at)
        if river is None or river.receives_into is None or river.mouth_km is None or at in seen:
            return None
        seen.add(at)
        at, km = river.receives_into, river.mouth_km
    return km


def _reaches_from_source(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    lengths = {row.river_id: row.length_km for row in pack.rivers}
    uppermost: dict[str, tuple[float, int]] = {}
    for line, row in _each(pack, lines, "reaches"):
        uppermost[row.river_id] = max(uppermost.get(row.river_id, (0.0, line)), (row.from_km, line))
    for river_id, (from_km, line) in uppermost.items():
        length = lengths.get(river_id)
        if length is not None and from_km < length - _SAME_KM:
            reason = (
                f"die oberste Strecke von „{river_id}“ beginnt nicht an der Quelle ({length:g} km)"
            )
            yield Fault("reaches.csv", line, "from_km", reason)


def _gauges_on_reaches(pack: RegionPack, lines: Lines) -> Iterator[Fault]:
    """Yield a gauge that takes part and lies on no reach although its river is cut into some."""
    lengths = {row.river_id: row.length_km for row in pack.rivers}
    reaches: dict[str, list[tuple[float, float]]] = {}
    for row in pack.reaches:
        reaches.setdefault(row.river_id, []).append((row.to_km, row.from_km))
    for line, row in _each(pack, lines, "gauges"):
        known = reaches.get(row.river_id)
        if known is None or row.river_km is None or row.role not in _TAKING_PART:
            continue
        if not 0 <= row.river_km <= lengths.get(row.river_id, 0.0):
            continue  # it lies beyond the river itself, which is a fault of its own
        if not any(low - _SAME_KM <= row.river_km <= high + _SAME_KM for low, high in known):
            reason = f"{row.river_km:g} km liegt auf keiner Strecke von „{row.river_id}“"
            yield Fault("gauges.csv", line, "river_km", reason)
