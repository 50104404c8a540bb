"""The flagger of operation: stage and discharge by the engine's tests, the rest not evaluated."""

from collections.abc import Iterable

from data.region_pack.rows import GaugeRow
from services.flood.model import Flag, Series
from services.flood.qc import flag_reading, limits_for
from services.ingestion.flagging import Flagger
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

    def flag(key: str, recent: Series, reading: Reading) -> tuple[int, str]:
        found = limits.get(key)
        if found is None:
            return Flag.NOT_EVALUATED, ""
        return flag_reading(
            recent,
            reading.phenomenon_time.timestamp(),
            reading.value,
            found,
            received_s=reading.result_time.timestamp(),
        )

    return flag
