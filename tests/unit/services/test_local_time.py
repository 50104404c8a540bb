"""Times that people type: both nights of the clock change, and rubbish."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.local_time import Occurrence, UnclearTimeError, instant_near, instant_of, stamp

ZONE = ZoneInfo("Europe/Berlin")
LAST, NEXT = Occurrence.LAST, Occurrence.NEXT
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("14.07.2026 18:30", "2026-07-14T16:30"),
        (" 14.07.2026 18:30 Uhr ", "2026-07-14T16:30"),
        ("25.10.2026 02:30 MESZ", "2026-10-25T00:30"),
        ("25.10.2026 02:30 MEZ", "2026-10-25T01:30"),
        ("25.10.2026 02:30 uhr mez", "2026-10-25T01:30"),
        ("2026-07-14T18:30+02:00", "2026-07-14T16:30"),
    ],
)
def test_a_time_is_an_instant(text, utc):
    assert instant_of(text, ZONE) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("25.10.2026 02:30", "zweimal"),
        ("29.03.2026 02:30", "gibt es nicht"),
        ("gestern", "TT.MM.JJJJ"),
        ("31.02.2026 10:00", "TT.MM.JJJJ"),
        ("", "TT.MM.JJJJ"),
    ],
)
def test_what_is_unclear_is_refused_in_words(text, why):
    with pytest.raises(UnclearTimeError) as refused:
        instant_of(text, ZONE)
    assert why in refused.value.user_message


@given(st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)))  # noqa: DTZ001
def test_what_is_written_is_read_again(naive):
    at = naive.replace(second=0, microsecond=0, tzinfo=UTC)
    assert instant_of(stamp(at, ZONE), ZONE) == at


@given(st.text(max_size=30))
def test_no_text_is_more_than_a_refusal(text):
    try:
        found = instant_of(text, ZONE)
    except UnclearTimeError:
        return
    assert found.utcoffset() == timedelta()


@pytest.mark.parametrize(
    ("now", "text", "meant", "found"),
    [
        ("14.07.2026 18:30", "18:10", LAST, "14.07.2026 18:10 MESZ"),
        ("14.07.2026 18:30", "18.10 Uhr", LAST, "14.07.2026 18:10 MESZ"),
        ("14.07.2026 18:30", "18:30", LAST, "14.07.2026 18:30 MESZ"),
        ("14.07.2026 18:30", "18:31", LAST, "13.07.2026 18:31 MESZ"),
        ("14.07.2026 00:30", "23:50", LAST, "13.07.2026 23:50 MESZ"),
        ("14.07.2026 18:30", "18:31", NEXT, "14.07.2026 18:31 MESZ"),
        ("14.07.2026 18:30", "18:30", NEXT, "15.07.2026 18:30 MESZ"),
        ("14.07.2026 18:30", "06:00", NEXT, "15.07.2026 06:00 MESZ"),
        ("14.07.2026 18:30", "20.07.2026 06:00", NEXT, "20.07.2026 06:00 MESZ"),
        # the night in which 02:30 comes twice: named, or of a night beside it
        ("25.10.2026 04:00", "02:30 MESZ", LAST, "25.10.2026 02:30 MESZ"),
        ("25.10.2026 04:00", "02:30 mez", LAST, "25.10.2026 02:30 MEZ"),
        ("25.10.2026 01:00", "02:30", LAST, "24.10.2026 02:30 MESZ"),
        ("25.10.2026 04:00", "02:30", NEXT, "26.10.2026 02:30 MEZ"),
        ("24.10.2026 20:00", "02:30 MEZ", NEXT, "25.10.2026 02:30 MEZ"),
        ("25.10.2026 02:15 MEZ", "02:30 MESZ", LAST, "25.10.2026 02:30 MESZ"),
        ("25.10.2026 02:15 MEZ", "02:30 MESZ", NEXT, "26.10.2026 01:30 MEZ"),
        # the night in which it is skipped: of a night beside it
        ("29.03.2026 01:00", "02:30", LAST, "28.03.2026 02:30 MEZ"),
        ("29.03.2026 04:00", "02:30", NEXT, "30.03.2026 02:30 MESZ"),
    ],
)
def test_an_hour_alone_is_its_last_or_next_occurrence(now, text, meant, found):
    assert stamp(instant_near(text, instant_of(now, ZONE), ZONE, meant), ZONE) == found


@pytest.mark.parametrize(
    ("now", "meant", "why"),
    [
        ("25.10.2026 04:00", LAST, "zweimal"),
        ("25.10.2026 02:15 MEZ", LAST, "zweimal"),
        ("25.10.2026 02:45 MESZ", NEXT, "zweimal"),
        ("24.10.2026 20:00", NEXT, "zweimal"),
        ("29.03.2026 04:00", LAST, "gibt es nicht"),
        ("28.03.2026 20:00", NEXT, "gibt es nicht"),
    ],
)
def test_an_hour_of_a_night_of_the_clock_change_must_be_clear(now, meant, why):
    with pytest.raises(UnclearTimeError, match=why):
        instant_near("02:30", instant_of(now, ZONE), ZONE, meant)


@pytest.mark.parametrize("text", ["", "gestern", "25:00", "18:60", "18", "31.02.2026 10:00"])
def test_where_the_hour_alone_is_taken_a_refusal_names_both_forms(text):
    with pytest.raises(UnclearTimeError, match=r"18:30 oder TT\.MM\.JJJJ HH:MM"):
        instant_near(text, datetime(2026, 7, 14, tzinfo=UTC), ZONE, LAST)


@given(MOMENTS, st.times(), st.sampled_from(["", " MEZ", " MESZ"]))
def test_an_hour_is_found_within_a_day_of_now(now, time, zone_name):
    longest = timedelta(hours=25)
    for meant, is_there in ((LAST, now.__ge__), (NEXT, now.__lt__)):
        try:
            found = instant_near(f"{time:%H:%M}{zone_name}", now, ZONE, meant)
        except UnclearTimeError:
            assert (zone_name, time.hour) == ("", 2)
            continue
        assert is_there(found)
        assert abs(found - now) <= longest
        if not zone_name:
            assert f"{found.astimezone(ZONE):%H:%M}" == f"{time:%H:%M}"
