"""A small timetable in the form of GTFS, and realtime messages for it, made for tests."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date, timedelta

from google.transit import gtfs_realtime_pb2

DAYS = "monday,tuesday,wednesday,thursday,friday,saturday,sunday"


def tables(start: date, *, lines: int = 40, per_day: int = 16) -> dict[str, str]:
    """Buses from Mayen to Polch each hour on weekdays, fewer on Sundays."""
    end = start + timedelta(days=60)
    stops = ["stop_id,stop_name,stop_lat,stop_lon"]
    stops += [f"s{n},Halt {n},{50.30 + n / 1000},{7.20 + n / 1000}" for n in range(lines)]
    stops.append("fern,Fernhalt,48.1,11.5")
    trips, calls = (
        ["trip_id,route_id,service_id"],
        ["trip_id,arrival_time,departure_time,stop_id,stop_sequence"],
    )
    for line in range(lines - 1):
        for number in range(per_day):
            hour = 6 + number
            trip = f"t{line}-{number}"
            trips.append(f"{trip},r{line},werktags")
            for place, stop in enumerate((f"s{line}", f"s{line + 1}")):
                calls.append(f"{trip},{hour}:0{place}:00,{hour}:0{place}:00,{stop},{place}")
    return {
        "stops.txt": "\n".join(stops),
        "trips.txt": "\n".join(trips),
        "stop_times.txt": "\n".join(calls),
        "calendar.txt": f"service_id,{DAYS},start_date,end_date\n"
        f"werktags,1,1,1,1,1,0,0,{start:%Y%m%d},{end:%Y%m%d}",
        "calendar_dates.txt": "service_id,date,exception_type\n",
        "feed_info.txt": "feed_publisher_name,feed_version\ntest,v1\n",
    }


def packed(files: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def realtime(at: int, delays: dict[str, int | None], vehicles: int = 0) -> bytes:
    message = gtfs_realtime_pb2.FeedMessage()
    message.header.gtfs_realtime_version = "2.0"
    message.header.timestamp = at
    for trip, delay in delays.items():
        entity = message.entity.add(id=f"u-{trip}")
        entity.trip_update.trip.trip_id = trip
        if delay is not None:
            call = entity.trip_update.stop_time_update.add(stop_id="s1")
            call.departure.delay = delay
    for number in range(vehicles):
        message.entity.add(id=f"v-{number}").vehicle.vehicle.id = str(number)
    return bytes(message.SerializeToString())
