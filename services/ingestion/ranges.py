"""Plausible ranges of what foreign stations measure: outside a value is flagged, never dropped."""

from services.flood.model import Flag, Series
from services.ingestion.flagging import Flagger
from services.ingestion.model import Reading

RANGES: dict[str, tuple[float, float]] = {
    "stage": (-10.0, 50.0),
    "discharge": (-500.0, 20_000.0),
    "water_temperature": (-1.0, 40.0),
    "air_temperature": (-45.0, 50.0),
    "rain": (0.0, 400.0),
    "humidity": (0.0, 100.0),
    "air_pressure": (850.0, 1090.0),
    "wind_speed": (0.0, 75.0),
    "wind_gust": (0.0, 115.0),
    "wind_direction": (0.0, 360.0),
    "vehicles_available": (0.0, 1000.0),
    "docks_available": (0.0, 1000.0),
    "spaces_free": (0.0, 20_000.0),
    "trips_reported": (0.0, 1_000_000.0),
    "vehicles_reported": (0.0, 1_000_000.0),
    "trips_matched": (0.0, 100.0),
    "delay_median": (-60.0, 600.0),
    "delay_p90": (-60.0, 600.0),
}
"""In stored units, wider than any record of Germany (estimate); rain is that of one interval."""


def with_ranges(flagger: Flagger) -> Flagger:
    """Return a flagger that judges by range what the given one does not evaluate."""

    def flag(key: str, recent: Series, reading: Reading) -> tuple[int, str]:
        found, reason = flagger(key, recent, reading)
        limits = RANGES.get(key.rpartition("/")[2])
        if found != Flag.NOT_EVALUATED or limits is None:
            return found, reason
        low, high = limits
        if low <= reading.value <= high:
            return found, reason
        return Flag.FAIL, f"außerhalb von {low:g} bis {high:g}"

    return flag
