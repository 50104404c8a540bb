"""Times that people type: both nights of the clock change, and rubbish."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.local_time import UnclearTimeError, instant_of, stamp

ZONE = ZoneInfo("Europe/Berlin")


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
