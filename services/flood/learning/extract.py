"""Travel times of waves between neighbouring gauges, found in stored readings (METHOD B.2).

The same waves and the same matching as in the hindcast, but with a window as wide as physics
allows, for what looks odd shall be seen and judged by a person. Nothing here decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

import numpy as np

from data.region_pack.model import RegionPack
from services.flood.constants import METRES_PER_KM
from services.flood.hindcast.matching import match_waves
from services.flood.hindcast.pairs import is_neighbour
from services.flood.hindcast.waves import Wave, find_waves
from services.flood.learning.model import Extraction, FoundLag, GaugeRecord, RefusedLag
from services.flood.learning.timing import FASTEST_MS, SLOWEST_MS, Passage, time_passage
from services.flood.model import LEVELS, Flag, Series
from services.flood.network import gauge_pairs, route

LEAST_SHARE = 0.25
LEAST_RISE_M = 0.2
"""A wave worth learning from rises by a quarter of the way from base to Voralarm, without levels by
20 cm (estimates): smaller ones are ripples whose times mean little."""

MATCHED_MS = (SLOWEST_MS / 2.0, FASTEST_MS * 2.0)
"""Waves are matched beyond the plausible speeds: such a pair is proposed with a warning, for rain
that falls on both gauges at once looks like a very fast wave (estimate)."""

BASE_QUANTILE = 0.05
"""Base of a series, as for waves of the hindcast."""

GOOD = (Flag.GOOD, Flag.NOT_EVALUATED)
"""Suspect and failed readings take part in nothing."""


def extract_lags(
    pack: RegionPack, records: Mapping[str, GaugeRecord], timezone: ZoneInfo
) -> Extraction:
    """Return the travel times between neighbouring gauges that readings show.

    Parameters
    ----------
    pack
        The region, for positions and rivers.
    records
        Readings by gauge; suspect and failed ones are left out here.
    timezone
        Zone whose days name the events.
    """
    usable = {name: _good(record) for name, record in records.items()}
    items = [
        item for passage in _passages(pack, usable) for item in time_passage(passage, timezone)
    ]
    return Extraction(
        found=tuple(item for item in items if isinstance(item, FoundLag)),
        refused=tuple(item for item in items if isinstance(item, RefusedLag)),
    )


def _passages(pack: RegionPack, records: Mapping[str, GaugeRecord]) -> Iterator[Passage]:
    waves = {name: _waves(record) for name, record in records.items() if _has_readings(record)}
    rivers = {row.river_id: row for row in pack.rivers}
    pairs = gauge_pairs(pack, waves.keys())
    for pair in pairs:
        upper, lower = records[pair.upper].gauge, records[pair.lower].gauge
        stretches = route(
            rivers, (upper.river_id, upper.river_km), (lower.river_id, lower.river_km)
        )
        if stretches is None or not is_neighbour(pair, pairs):
            continue
        metres = pair.distance_km * METRES_PER_KM
        window_s = (metres / MATCHED_MS[1], metres / MATCHED_MS[0])
        found = match_waves(waves[pair.upper], waves[pair.lower], pair.distance_km, window_s)
        way = tuple(part for part in stretches if part.length_km > 0)
        for match in found:
            yield Passage(records[pair.upper], records[pair.lower], way, match)


def _has_readings(record: GaugeRecord) -> bool:
    return record.series.times_s.size > 1


def _good(record: GaugeRecord) -> GaugeRecord:
    series = record.series
    kept = np.isin(series.flags, GOOD) & np.isfinite(series.values)
    clean = Series(series.times_s[kept], series.values[kept], series.flags[kept])
    return replace(record, series=clean, origins=record.origins[kept])


def _waves(record: GaugeRecord) -> tuple[Wave, ...]:
    least = _least_rise(record)
    return tuple(wave for wave in find_waves(record.series) if wave.front.rise >= least)


def _least_rise(record: GaugeRecord) -> float:
    """Return the least rise worth learning from, in the gauge's unit."""
    lowest = next(
        (record.gauge.thresholds[x] for x in LEVELS if x in record.gauge.thresholds), None
    )
    if lowest is not None:
        base = float(np.quantile(record.series.values, BASE_QUANTILE))
        return LEAST_SHARE * max(lowest - base, 0.0)
    return LEAST_RISE_M if record.gauge.unit == "m" else 0.0
