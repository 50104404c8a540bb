"""Builders for small networks, series and clocks that the engine's tests share."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from data.region_pack import rows
from data.region_pack.model import RegionInfo, RegionPack
from services.flood.model import Flag, Series, State

NOW = datetime(2021, 7, 14, 18, 0, tzinfo=UTC)
NOW_S = NOW.timestamp()
SOURCE = {"source": "test", "confidence": "test"}
LEVELS = {State.VORALARM: 1.0, State.WARNUNG: 1.5, State.ALARM: 2.0}


def river(river_id, length_km=60.0, into=None, mouth_km=None):
    return rows.RiverRow(
        river_id=river_id,
        name=river_id.capitalize(),
        receives_into=into,
        mouth_km=mouth_km,
        length_km=length_km,
        **SOURCE,
    )


def gauge(gauge_id, river_id, river_km, **changes):
    values = {
        "gauge_id": gauge_id,
        "name": f"Pegel {gauge_id.capitalize()}",
        "river_id": river_id,
        "river_km": river_km,
        "role": "target",
        "operator": "test",
        "observes": "stage",
        "range_min": -0.5,
        "range_max": 6.0,
        "sampling_min": 15,
        "radio_min": 0,
        "provisional": True,
        **SOURCE,
    }
    return rows.GaugeRow.model_validate(values | changes)


def thresholds(gauge_id, values=(1.0, 1.5, 2.0)):
    return tuple(
        rows.ThresholdRow(
            gauge_id=gauge_id,
            level=level,
            value=value,
            owner="test",
            since="2024-01-01",
            provisional=True,
            **SOURCE,
        )
        for level, value in zip(("voralarm", "warnung", "alarm"), values, strict=True)
    )


def exposure(place_id, river_id, river_km, **changes):
    values = {
        "place_id": place_id,
        "river_id": river_id,
        "river_km": river_km,
        "label": place_id.capitalize(),
        "exposed": True,
        "side_brook_risk": False,
        "delivery_min": 5,
        "decision_min": 15,
        **SOURCE,
    }
    return rows.ExposureRow.model_validate(values | changes)


def pack(**tables):
    info = RegionInfo(id="test", name="Test", short_name="T")
    return RegionPack(Path(), info, "0", **tables)


def nette_pack(**changes):
    """Two gauges on the Nette, one on the Nitz, three villages below and one above all gauges."""
    tables = {
        "rivers": (river("nette"), river("nitz", 26.0, "nette", 36.3)),
        "gauges": (
            gauge("nitz", "nitz", 16.0),
            gauge("falkley", "nette", 43.0),
            gauge("muehle", "nette", 34.0),
        ),
        "thresholds": thresholds("nitz") + thresholds("falkley") + thresholds("muehle"),
        "exposures": (
            exposure("weibern", "nette", 48.0),
            exposure("mayen", "nette", 30.7),
            exposure("trimbs", "nette", 23.4),
            exposure("nitztal", "nitz", 3.0),
        ),
    }
    return pack(**(tables | changes))


def series(values, *, last=NOW, step_min=15.0, flags=None):
    """Readings at equal steps that end at `last`."""
    count = len(values)
    times = last.timestamp() - step_min * 60.0 * np.arange(count - 1, -1, -1)
    marks = np.full(count, Flag.GOOD) if flags is None else np.array(flags)
    return Series(times, np.array(values, dtype=float), marks.astype(np.int8))


def flat(value=0.4, hours=24, **kwargs):
    return series([value] * (hours * 4), **kwargs)


def rising(start, rate_per_h, hours=3.0, before_h=6.0, **kwargs):
    """A flat stretch, then a straight rise that ends at the last reading."""
    steps = np.arange(1, int(hours * 4) + 1) / 4.0
    return series([start] * int(before_h * 4) + list(start + rate_per_h * steps), **kwargs)


def minutes(count):
    return timedelta(minutes=count)


def until(readings, instant):
    """What was known of a series at an instant."""
    known = readings.times_s <= instant.timestamp()
    return Series(readings.times_s[known], readings.values[known], readings.flags[known])
