"""Readings of an event as the engine would find them at an instant, flagged as at receipt."""

from bisect import insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.region_pack.sensor_rows import SensorRow
from services.flood.model import EngineGauge, FloatArray, IntArray, Series
from services.flood.qc import Limits, flag_reading, limits_for
from services.ingestion.recent import RECENT
from services.simulation.sensors import VirtualReading

QUANTA_M: Final = {"mm": 0.001, "cm": 0.01, "m": 0.001}
"""Step in which a sensor of a unit reports."""


@dataclass(frozen=True, slots=True)
class Received:
    """All readings of one gauge in time order with flags and instants of receipt (epoch s)."""

    times_s: FloatArray
    values: FloatArray
    flags: IntArray
    received_s: FloatArray

    def at(self, now_s: float) -> Series:
        """Return the readings that had been received by an instant."""
        known: NDArray[np.bool_] = self.received_s <= now_s
        return Series(self.times_s[known], self.values[known], self.flags[known])


def receive(
    readings: Iterable[VirtualReading],
    gauges: Mapping[str, EngineGauge],
    sensors: Iterable[SensorRow],
) -> dict[str, Received]:
    """Return the flagged readings by gauge: each judged at receipt by those measured before it.

    Duplicates are stored once, as the writer does; values carry the sensor's resolution.
    """
    units = {row.gauge_id: row.unit for row in sensors if row.observed_property == "stage"}
    by_gauge: dict[str, list[VirtualReading]] = {}
    for reading in readings:
        if reading.gauge_id in gauges:
            by_gauge.setdefault(reading.gauge_id, []).append(reading)
    flagged = {}
    for gauge_id, found in by_gauge.items():
        gauge = gauges[gauge_id]
        limits = limits_for(gauge.unit, gauge.range_min, gauge.range_max)
        found.sort(key=lambda reading: reading.received_at)
        flagged[gauge_id] = _flagged(found, limits, QUANTA_M[units[gauge_id]])
    return flagged


def _flagged(readings: list[VirtualReading], limits: Limits, quantum_m: float) -> Received:
    rows: list[tuple[float, float, int, float]] = []
    seen: set[float] = set()
    for reading in readings:
        at_s = reading.taken_at.timestamp()
        if at_s in seen:
            continue
        seen.add(at_s)
        value = round(reading.stage_m / quantum_m) * quantum_m
        received_s = reading.received_at.timestamp()
        before = [row for row in rows[-RECENT - 1 :] if row[0] < at_s][-RECENT:]
        flag, _ = flag_reading(_series(before), at_s, value, limits, received_s=received_s)
        insort(rows, (at_s, value, flag, received_s))
    series = _series(rows)
    received = np.array([row[3] for row in rows], dtype=np.float64)
    return Received(series.times_s, series.values, series.flags, received)


def _series(rows: list[tuple[float, float, int, float]]) -> Series:
    table = np.array(rows, dtype=np.float64).reshape(-1, 4)
    return Series(table[:, 0], table[:, 1], table[:, 2].astype(np.int8))
