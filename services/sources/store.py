"""Stores what a visit gave in one transaction: things, readings, missing values, rejects."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from data import operation, rejected, things
from data.observations import ObservationRow
from services.flood.model import Flag
from services.ingestion.flagging import flag_readings, store_flagged
from services.ingestion.recent import RecentCache
from services.quality.receipt import Flagger
from services.sources.model import Harvest, MissingValue


def store_harvest(
    session: Session, region_id: str, harvest: Harvest, flagger: Flagger, now: datetime
) -> int:
    """Store a harvest and return how many observations changed; the same twice changes nothing."""
    things.ensure(session, region_id, harvest.streams)
    ids = things.ids(session)
    flagged = flag_readings(session, harvest.readings, ids, flagger, RecentCache())
    flagged.rows += [
        _missing_row(value, ids[value.datastream_key], now) for value in harvest.missing
    ]
    changed = store_flagged(session, flagged, actor="source").total
    if changed:
        operation.report(session, operation.INGEST, datetime.now(UTC), ok=True)
    rejected.add(session, harvest.rejects)
    if harvest.store is not None:
        changed += harvest.store(session)
    return changed


def _missing_row(value: MissingValue, datastream_id: int, now: datetime) -> ObservationRow:
    return ObservationRow(
        datastream_id=datastream_id,
        phenomenon_time=value.phenomenon_time,
        result_time=now,
        value=None,
        raw_value=value.raw_value,
        flag=Flag.MISSING,
        flag_reason=value.reason,
        origin=value.origin,
    )
