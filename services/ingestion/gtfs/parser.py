"""A GTFS zip to what the region needs of it: supply by stop and weekday, and counts of its health.

The reference week is, of the next four weeks within the feed's validity, the one with the median
number of departures at the region's stops: holidays then neither raise nor lower it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from services.ingestion.gtfs.archive import GtfsArchive
from services.sources.errors import SourceFormatError

WEEK, WEEKS_AHEAD, HOURS = 7, 4, 24
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ADDED, REMOVED = "1", "2"
NEAR_NULL_DEG = 1.0
NO_PICKUP = "1"
IsNear = Callable[[float, float], bool]


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop with a position."""

    stop_id: str
    name: str
    lat: float
    lon: float


@dataclass(slots=True)
class Timetable:
    """What a delivery holds for the region, and how healthy it is as a whole."""

    version: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    stops: dict[str, Stop] = field(default_factory=dict)
    trips: set[str] = field(default_factory=set)
    departures: dict[tuple[str, int], Counter[int]] = field(default_factory=dict)
    """By stop and weekday the departures of each hour of the reference week."""
    counts: dict[str, int] = field(default_factory=dict)


def parse_timetable(body: bytes, is_near: IsNear, today: date) -> Timetable:
    """Return the timetable of a zip.

    Raises
    ------
    SourceFormatError
        When it is no GTFS, damaged, or too large.
    """
    archive = GtfsArchive(body)
    found = Timetable()
    all_stops = _stops(archive, found, is_near)
    services = {row["trip_id"]: row["service_id"] for row in _trips(archive)}
    calls, orphans, total = _calls(archive, found, services, all_stops)
    running = _dates(archive, found)
    found.counts |= {
        "stops": len(all_stops),
        "trips": len(services),
        "stop_times": total,
        "orphans": orphans,
        "region_stops": len({stop for stop, _, _ in calls}),
    }
    _supply(found, calls, running, today)
    return found


def _stops(archive: GtfsArchive, found: Timetable, is_near: IsNear) -> set[str]:
    seen: Counter[str] = Counter()
    near_null = unplaced = 0
    for row in archive.rows("stops.txt", ("stop_id", "stop_name", "stop_lat", "stop_lon")):
        seen[row["stop_id"]] += 1
        place = _place(row)
        if place is None:
            unplaced += 1
            continue
        if abs(place[0]) < NEAR_NULL_DEG and abs(place[1]) < NEAR_NULL_DEG:
            near_null += 1
        elif is_near(*place):
            name = row["stop_name"][:200] or row["stop_id"]
            found.stops.setdefault(row["stop_id"], Stop(row["stop_id"], name, *place))
    found.counts |= {
        "duplicate_stops": sum(number - 1 for number in seen.values()),
        "stops_near_null": near_null,
        "stops_without_place": unplaced,
    }
    return set(seen)


def _place(row: Mapping[str, str]) -> tuple[float, float] | None:
    try:
        lat, lon = float(row["stop_lat"]), float(row["stop_lon"])
    except ValueError:
        return None
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None  # noqa: PLR2004  # degrees


def _trips(archive: GtfsArchive) -> list[dict[str, str]]:
    found = archive.rows("trips.txt", ("trip_id", "service_id"))
    if not found:
        raise SourceFormatError("trips.txt ist leer")
    return found


def _calls(
    archive: GtfsArchive, found: Timetable, services: Mapping[str, str], all_stops: set[str]
) -> tuple[Counter[tuple[str, str, int]], int, int]:
    """Count departures at the region's stops by stop, service and hour; also orphans and all."""
    calls: Counter[tuple[str, str, int]] = Counter()
    orphans = total = 0
    columns = ("trip_id", "stop_id", "departure_time", "pickup_type")
    for batch in archive.batches("stop_times.txt", columns):
        total += batch.num_rows
        for trip, stop, at, pickup in zip(
            *(batch.column(n).to_pylist() for n in columns), strict=True
        ):
            service = services.get(trip)
            if service is None or stop not in all_stops:
                orphans += 1
            elif stop in found.stops:
                found.trips.add(trip)
                hour = _hour(at or "")
                if hour is not None and pickup != NO_PICKUP:
                    calls[stop, service, hour] += 1
    return calls, orphans, total


def _hour(text: str) -> int | None:
    """Return the hour of the service day; hours after midnight count from 0 again."""
    head = text.strip().partition(":")[0]
    return int(head) % HOURS if head.isdigit() else None


def _dates(archive: GtfsArchive, found: Timetable) -> dict[str, set[date]]:
    """Return the days on which each service runs, and note the validity of the feed."""
    running: dict[str, set[date]] = defaultdict(set)
    for row in archive.rows("calendar.txt", ("service_id", "start_date", "end_date", *DAYS)):
        start, end = _day(row["start_date"]), _day(row["end_date"])
        if start is None or end is None or (end - start).days > 1000:  # noqa: PLR2004  # three years
            continue
        for offset in range((end - start).days + 1):
            day = start + timedelta(days=offset)
            if row[DAYS[day.weekday()]] == "1":
                running[row["service_id"]].add(day)
    for row in archive.rows("calendar_dates.txt", ("service_id", "date", "exception_type")):
        exception = _day(row["date"])
        if exception is not None and row["exception_type"] == ADDED:
            running[row["service_id"]].add(exception)
        elif exception is not None and row["exception_type"] == REMOVED:
            running[row["service_id"]].discard(exception)
    days = [day for of in running.values() for day in of]
    found.valid_from, found.valid_to = min(days, default=None), max(days, default=None)
    info = archive.rows("feed_info.txt", ("feed_version",))
    found.version = info[0]["feed_version"][:80] if info else ""
    return running


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def _supply(
    found: Timetable,
    calls: Mapping[tuple[str, str, int], int],
    running: Mapping[str, set[date]],
    today: date,
) -> None:
    monday = _reference_week(found, calls, running, today)
    if monday is None:
        return
    for (stop, service, hour), number in calls.items():
        for weekday in range(WEEK):
            if monday + timedelta(days=weekday) in running.get(service, ()):
                of = found.departures.setdefault((stop, weekday), Counter())
                of[hour] += number


def _reference_week(
    found: Timetable,
    calls: Mapping[tuple[str, str, int], int],
    running: Mapping[str, set[date]],
    today: date,
) -> date | None:
    """Return the Monday of the reference week, None where the feed is valid in no whole week."""
    by_service: Counter[str] = Counter()
    for (_, service, _), number in calls.items():
        by_service[service] += number
    first = max(today, found.valid_from or today)
    monday = first + timedelta(days=-first.weekday() % WEEK)
    weeks = [monday + timedelta(days=WEEK * number) for number in range(WEEKS_AHEAD)]
    whole = [
        start
        for start in weeks
        if found.valid_to is not None and start + timedelta(days=WEEK - 1) <= found.valid_to
    ]
    totals = sorted((_departures(start, by_service, running), start) for start in whole)
    return totals[len(totals) // 2][1] if totals else None


def _departures(
    monday: date, by_service: Mapping[str, int], running: Mapping[str, set[date]]
) -> int:
    days: Iterable[date] = [monday + timedelta(days=number) for number in range(WEEK)]
    return sum(
        number * sum(day in running.get(service, ()) for day in days)
        for service, number in by_service.items()
    )
