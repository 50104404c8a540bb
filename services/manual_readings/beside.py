"""A device that speaks for itself: readings by hand beside it are shown and take no part.

A staff gauge and a sensor differ by centimetres; seconds apart that would look like a wave.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.flood.model import Flag
from services.manual_readings.model import ORIGIN

NEAR = timedelta(minutes=10)
"""A trusted value of the device so near speaks instead of the reading (estimate)."""
Sourced = tuple[datetime, float | None, int, str]
Version = tuple[datetime, float | None, int]


def without_doubles(rows: Sequence[Sourced]) -> list[Version]:
    """Return values in order without the readings by hand that stand beside one of the device."""
    spoken = [
        at
        for at, value, flag, origin in rows
        if origin != ORIGIN and value is not None and flag < Flag.SUSPECT
    ]
    return [
        (at, value, flag)
        for at, value, flag, origin in rows
        if origin != ORIGIN or not any(abs(at - other) <= NEAR for other in spoken)
    ]
