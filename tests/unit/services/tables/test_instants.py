"""Local times of a table: the hour that spring lacks, the hour that autumn has twice."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from services.tables.instants import (
    NO_TIME,
    SKIPPED_HOUR,
    TWICE,
    UTC_TIME,
    WINTER_TIME,
    NoInstant,
    instants,
    zone_of,
)

BERLIN = ZoneInfo("Europe/Berlin")
AUTUMN = ["25.10.2026 01:30", "25.10.2026 01:45", "25.10.2026 02:30", "25.10.2026 02:30",
          "25.10.2026 03:30"]  # fmt: skip


def hours(found):
    return [at.strftime("%H:%M") if isinstance(at, datetime) else at.reason for at in found]


def test_an_hour_that_does_not_exist_is_refused_and_the_real_one_stays_free():
    found = instants(["28.03.2021 01:45", "28.03.2021 02:30", "28.03.2021 03:30"], BERLIN)
    assert hours(found) == ["00:45", SKIPPED_HOUR, "01:30"]


def test_a_repeated_hour_is_told_by_the_order_of_the_file():
    assert hours(instants(AUTUMN, BERLIN)) == ["23:30", "23:45", "00:30", "01:30", "02:30"]
    assert hours(instants(AUTUMN[::-1], BERLIN)) == ["02:30", "01:30", "00:30", "23:45", "23:30"]


@pytest.mark.parametrize(
    "texts",
    [
        ["25.10.2026 01:30", "25.10.2026 02:30", "25.10.2026 03:30"],
        ["25.10.2026 02:30", "25.10.2026 02:30"],
        ["25.10.2026 03:30", "25.10.2026 02:30", "25.10.2026 02:30", "25.10.2026 01:30",
         "25.10.2026 03:45"],
    ],
)  # fmt: skip
def test_a_repeated_hour_that_nothing_tells_apart_is_refused(texts):
    found = [at for at, text in zip(instants(texts, BERLIN), texts, strict=True) if "02:" in text]
    assert set(found) == {NoInstant(TWICE)}


@pytest.mark.parametrize(("zone", "hour"), [(WINTER_TIME, 1), (UTC_TIME, 2)])
def test_a_zone_without_summer_time_knows_no_such_nights(zone, hour):
    texts = ["28.03.2021 02:30", "2026-10-25 02:30"]
    assert [at.hour for at in instants(texts, zone_of(zone, BERLIN))] == [hour, hour]


def test_an_offset_counts_more_than_the_zone():
    texts = [
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
        "gestern",
        "9999-12-31T23:59",
    ]
    found = instants(texts, zone_of(WINTER_TIME, BERLIN))
    assert found[:3] == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        NoInstant(NO_TIME),
    ]
