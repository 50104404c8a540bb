"""Waves at two gauges of one creek, with a known travel time between them."""

from zoneinfo import ZoneInfo

import numpy as np

from services.flood.exceedance import scale_of
from services.flood.learning.model import GaugeRecord
from services.flood.model import Flag, Series
from services.flood.network import build_network
from tests.unit.services.flood.scenario import NOW_S, gauge, nette_pack, river, thresholds

BERLIN = ZoneInfo("Europe/Berlin")
STEP_S = 900.0
START_S = NOW_S - 48 * 3600.0
DISTANCE_KM = 20.0


def creek_pack(**changes):
    """Two gauges on one creek, 20 km apart."""
    tables = {
        "rivers": (river("nette"),),
        "gauges": (gauge("oben", "nette", 40.0), gauge("unten", "nette", 20.0)),
        "thresholds": thresholds("oben") + thresholds("unten"),
        "exposures": (),
    }
    return nette_pack(**(tables | changes))


def wave(peak_h, height=2.0, base=0.4, width_h=2.0, hours=48):
    """Readings of a smooth wave that peaks `peak_h` hours after the start; it falls slowly."""
    times = START_S + STEP_S * np.arange(int(hours * 4))
    apart = (times - START_S) / 3600.0 - peak_h
    spread = np.where(apart < 0, width_h, 5.0)
    values = base + height * np.exp(-0.5 * (apart / spread) ** 2)
    return Series(times, values, np.full(times.size, Flag.GOOD, dtype=np.int8))


def records(pack, readings, origins=None):
    """Return what extraction reads: gauges of the pack with their readings."""
    gauges = build_network(pack).gauges
    return {
        name: GaugeRecord(
            gauge=gauges[name],
            series=series,
            origins=np.full(series.times_s.size, (origins or {}).get(name, "live"), dtype="<U20"),
            scale=scale_of(gauges[name].thresholds, is_discharge=False),
        )
        for name, series in readings.items()
    }


def passage(lag_h=4.0, **changes):
    """A wave above and the same wave `lag_h` later below."""
    return {"oben": wave(20.0), "unten": wave(20.0 + lag_h)} | changes
