"""Stored readings of all connected gauges, as extraction reads them."""

from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from data import learning, things
from services.flood.exceedance import scale_of
from services.flood.learning.model import GaugeRecord
from services.flood.model import EngineGauge, Series
from services.region import Region


def read_records(
    session: Session, region: Region, start: datetime, end: datetime
) -> dict[str, GaugeRecord]:
    """Return the readings of a window by gauge; gauges without a datastream are left out."""
    ids = things.ids(session)
    found = {}
    for gauge_id, gauge in region.network.gauges.items():
        number = ids.get(f"{gauge_id}/{'stage' if gauge.unit == 'm' else 'discharge'}")
        if number is not None:
            rows = learning.readings(session, number, start, end)
            found[gauge_id] = _record(gauge, rows)
    return found


def _record(gauge: EngineGauge, rows: list[tuple[datetime, float | None, int, str]]) -> GaugeRecord:
    kept = [
        (at.timestamp(), value, flag, origin)
        for at, value, flag, origin in rows
        if value is not None
    ]
    return GaugeRecord(
        gauge=gauge,
        series=Series(
            times_s=np.array([row[0] for row in kept], dtype=np.float64),
            values=np.array([row[1] for row in kept], dtype=np.float64),
            flags=np.array([row[2] for row in kept], dtype=np.int8),
        ),
        origins=np.array([row[3] for row in kept], dtype=np.str_),
        scale=scale_of(gauge.thresholds, is_discharge=gauge.unit != "m"),
    )
