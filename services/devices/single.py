"""One device as a page sees it, from its sensor rows and what the store knows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sqlalchemy.orm import Session

from data import device_days, rollups
from data.device_days import DeviceDayRow
from data.device_log import NoteRow
from data.models import DailyRollup
from data.observation_rows import LatestRow
from data.region_pack.rows import GaugeRow
from data.region_pack.sensor_rows import SensorRow
from data.things import StoredStream
from services.devices.battery import battery_trend
from services.devices.completeness import slot_days
from services.devices.expected import LEARN_FROM, expectation, state_of
from services.devices.model import BatteryView, DeviceView, NoteKind, ReadingView, SlotDay
from services.ingestion.mapping import MAIN_PROPERTIES
from services.series.summary import day_of

BATTERY_DAYS = timedelta(days=30)
DAY_S = 86_400.0
CODEC = "Netzserver decodiert"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is read once for all devices."""

    gauges: Mapping[str, GaugeRow]
    latest: Mapping[str, LatestRow]
    streams: Mapping[str, StoredStream]
    seen: Mapping[str, datetime]
    places: Mapping[str, NoteRow]
    days: Mapping[str, Sequence[DeviceDayRow]]
    now: datetime
    zone: tzinfo


def days_by_device(rows: Iterable[DeviceDayRow]) -> dict[str, list[DeviceDayRow]]:
    """Group days by device."""
    found: dict[str, list[DeviceDayRow]] = {}
    for row in rows:
        found.setdefault(row.dev_eui, []).append(row)
    return found


def device_view(
    session: Session, rows: Sequence[SensorRow], facts: Facts, *, is_commissioned: bool
) -> DeviceView:
    """Return the view of the device that these sensor rows name."""
    main = next((row for row in rows if row.observed_property in MAIN_PROPERTIES), rows[0])
    gauge = facts.gauges[main.gauge_id]
    frames = device_days.newest_frames(session, main.dev_eui, LEARN_FROM + 1)
    last = frames[-1] if frames else None
    seen_at = last.received_at if last else facts.seen.get(main.dev_eui)
    expected = expectation([frame.received_at for frame in frames], gauge.sampling_min)
    days = facts.days.get(main.dev_eui, ())
    return DeviceView(
        dev_eui=main.dev_eui,
        gauge_id=gauge.gauge_id,
        gauge_name=gauge.name,
        model=main.decoder or CODEC,
        is_commissioned=is_commissioned,
        state=state_of(facts.now, seen_at, expected, _removed_at(facts.places.get(main.dev_eui))),
        seen_at=seen_at,
        expectation=expected,
        uplinks=sum(day.uplinks for day in days),
        lost=sum(day.lost for day in days),
        rejoins=sum(day.rejoins for day in days),
        reading=_reading(main, facts),
        battery=_battery(session, rows, facts),
        today=_today(session, main, facts),
        signal=last,
    )


def _removed_at(note: NoteRow | None) -> datetime | None:
    return note.at if note is not None and note.kind == NoteKind.REMOVED else None


def _reading(main: SensorRow, facts: Facts) -> ReadingView | None:
    key = f"{main.gauge_id}/{main.observed_property}"
    row, stream = facts.latest.get(key), facts.streams.get(key)
    if row is None or stream is None:
        return None
    return ReadingView(row.value, stream.unit, row.phenomenon_time)


def _today(session: Session, main: SensorRow, facts: Facts) -> SlotDay | None:
    stream = facts.streams.get(f"{main.gauge_id}/{main.observed_property}")
    if stream is None:
        return None
    return slot_days(session, stream.datastream_id, facts.now, facts.zone, days=1)[-1]


def _battery(session: Session, rows: Sequence[SensorRow], facts: Facts) -> BatteryView | None:
    row = next((row for row in rows if row.observed_property == "battery"), None)
    if row is None:
        return None
    key = f"{row.gauge_id}/battery"
    latest, stream = facts.latest.get(key), facts.streams.get(key)
    if latest is None or latest.value is None or stream is None:
        return None
    start = day_of(facts.now - BATTERY_DAYS, facts.zone)
    days = rollups.stored(session, DailyRollup, stream.datastream_id, start, facts.now)
    means = [(day.start_at.timestamp() / DAY_S, day.mean) for day in days if day.mean is not None]
    per_day, left = battery_trend(means, stream.unit)
    return BatteryView(latest.value, stream.unit, latest.phenomenon_time, per_day, left)
