"""What a person types at the river: values with their unit, times with the hour alone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.local_time import UnclearTimeError
from services.manual_readings.errors import ReadingRefusedError
from services.manual_readings.typed import level_m, read_at

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2026, 3, 10, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["1,85", "1.85", "1,85 m", "185 cm", " 185cm "])
def test_a_level_is_metres_or_has_its_unit(text):
    assert level_m(text, 0.0, 5.0) == pytest.approx(1.85)


@pytest.mark.parametrize("text", ["", "hoch", "1,85 °C", "1.2.3"])
def test_what_is_no_level_is_refused_with_an_example(text):
    with pytest.raises(ReadingRefusedError, match="zum Beispiel 1,85"):
        level_m(text, 0.0, 5.0)


def test_centimetres_typed_as_metres_are_refused_with_the_bounds():
    with pytest.raises(ReadingRefusedError, match=r"185,00 m .* 0,00 m bis 5,00 m"):
        level_m("185", 0.0, 5.0)


@given(st.floats(0, 5, allow_nan=False))
def test_every_level_of_the_gauge_is_taken_as_typed(value):
    typed = f"{value:.2f}".replace(".", ",")
    assert level_m(typed, 0.0, 5.0) == pytest.approx(float(f"{value:.2f}"))


def test_nothing_typed_is_now_and_an_hour_alone_is_its_last_occurrence():
    assert read_at("", EVENING, BERLIN) == EVENING
    assert read_at("20:40", EVENING, BERLIN) == EVENING - timedelta(minutes=20)
    after_midnight = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)  # 00:30 on the 11th
    assert read_at("23:50", after_midnight, BERLIN) == after_midnight - timedelta(minutes=40)


@pytest.mark.parametrize(
    ("text", "words"), [("10.03.2026 21:10", "Zukunft"), ("10.03.2026 08:00", "12 Stunden")]
)
def test_a_time_ahead_or_long_ago_is_refused(text, words):
    with pytest.raises(ReadingRefusedError, match=words):
        read_at(text, EVENING, BERLIN)


def test_the_hour_that_comes_twice_must_be_named_and_is_then_told_apart():
    now = datetime(2026, 10, 25, 3, 0, tzinfo=UTC)  # 04:00 MEZ, the night of the change
    with pytest.raises(UnclearTimeError, match="zweimal"):
        read_at("02:30", now, BERLIN)
    summer, winter = read_at("02:30 MESZ", now, BERLIN), read_at("02:30 MEZ", now, BERLIN)
    assert winter - summer == timedelta(hours=1)
    assert winter == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_the_hour_that_was_skipped_in_spring_does_not_exist():
    now = datetime(2026, 3, 29, 4, 0, tzinfo=UTC)
    with pytest.raises(UnclearTimeError, match="gibt es nicht"):
        read_at("02:30", now, BERLIN)
