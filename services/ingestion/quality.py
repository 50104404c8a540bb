"""The flagger of operation: stage and discharge by the engine's tests, the rest not evaluated."""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from data.region_pack.rows import GaugeRow
from services.flood.model import Flag, Series
from services.flood.qc import Limits, flag_reading, limits_for
from services.ingestion.flagging import Flagger, RecentValue
from services.ingestion.model import Reading

UNITS = {"stage": "m", "discharge": "m³/s"}


def gauge_flagger(gauges: Iterable[GaugeRow]) -> Flagger:
    """Return a flagger that knows each gauge's measuring range."""
    limits = {
        f"{gauge.gauge_id}/{gauge.observes}": limits_for(
            UNITS[gauge.observes], gauge.range_min, gauge.range_max
        )
        for gauge in gauges
    }

    def flag(key: str, recent: Sequence[RecentValue], reading: Reading) -> tuple[int, str]:
        return _flag(limits.get(key), recent, reading)

    return flag


def _flag(
    limits: Limits | None, recent: Sequence[RecentValue], reading: Reading
) -> tuple[int, str]:
    if limits is None:
        return Flag.NOT_EVALUATED, ""
    return flag_reading(
        _series(recent),
        reading.phenomenon_time.timestamp(),
        reading.value,
        limits,
        received_s=reading.result_time.timestamp(),
    )


def _series(recent: Sequence[RecentValue]) -> Series:
    return Series(
        times_s=np.array([at.timestamp() for at, _, _ in recent], dtype=np.float64),
        values=np.array(
            [math.nan if value is None else value for _, value, _ in recent], dtype=np.float64
        ),
        flags=np.array(
            [Flag.MISSING if value is None else flag for _, value, flag in recent], dtype=np.int8
        ),
    )
