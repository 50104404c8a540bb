from datetime import UTC, datetime, timedelta

import pytest

from components import formats

NOW = datetime(2021, 7, 14, 12, 15, tzinfo=UTC)


def plain(text):
    return text.replace(formats.NBSP, " ")


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [
        (1234.5, 1, "1.234,5"),
        (0, 0, "0"),
        (-3.25, 1, "−3,2"),
        (-0.04, 1, "0,0"),
        (214786, 0, "214.786"),
        (None, 2, "–"),
    ],
)
def test_numbers_are_german_and_missing_is_a_dash(value, digits, words):
    assert formats.number(value, digits) == words


def test_signs_stand_only_where_something_changed():
    assert formats.signed(5) == "+5"
    assert formats.signed(-5) == "−5"
    assert formats.signed(0) == "0"
    assert formats.signed(0.04, 1) == "0,0"
    assert formats.signed(None) == "–"
    assert plain(formats.percent(2.417)) == "+2,4 %"
    assert formats.percent(None) == "–"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (450, "7 Std. 30 Min."),
        (60, "1 Std."),
        (59.9, "59 Min."),
        (0, "0 Min."),
        (-5, "0 Min."),
        (None, "–"),
    ],
)
def test_minutes_read_as_people_say_them(minutes, words):
    assert plain(formats.duration(minutes)) == words


def test_no_usable_time_is_words_and_no_data_is_a_dash():
    assert formats.usable(0) == "keine Zeit mehr"
    assert formats.usable(0.9) == "keine Zeit mehr"
    assert plain(formats.usable(1)) == "1 Min."
    assert formats.usable(None) == "–"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0.2, "gerade eben"),
        (6, "vor 6 Min."),
        (125, "vor 2 Std. 5 Min."),
        (2879, "vor 47 Std. 59 Min."),
        (2880, "vor 2 Tagen"),
        (None, "noch kein Wert"),
    ],
)
def test_ages_are_words(minutes, words):
    assert plain(formats.age(minutes)) == words


def test_as_of_and_age_stand_together():
    at = NOW - timedelta(minutes=6)
    assert plain(formats.stand(at, NOW)) == "Stand 14:09 Uhr (vor 6 Min.)"
    assert formats.stand(None, NOW) == "noch kein Wert"


def test_another_day_is_named():
    yesterday = NOW - timedelta(days=1)
    assert plain(formats.moment(yesterday, NOW)) == "Di 13.07. 14:15 Uhr"
    assert plain(formats.stamp(NOW)) == "14.07.2021 14:15 Uhr"
    assert plain(formats.date_long(NOW.date())) == "14. Juli 2021"


def test_an_arrival_is_an_interval_and_names_a_day_only_where_needed():
    start = NOW + timedelta(hours=1)
    assert plain(formats.interval(start, start + timedelta(hours=2), NOW)) == "15:15 – 17:15 Uhr"
    late = NOW + timedelta(hours=8)
    assert plain(formats.interval(late, late + timedelta(hours=3), NOW)) == "22:15 – Do 01:15 Uhr"
    morning = NOW + timedelta(hours=12)
    words = plain(formats.interval(morning, morning + timedelta(hours=1), NOW))
    assert words == "Do 02:15 – 03:15 Uhr"
    far = plain(formats.interval(start, start + timedelta(days=2), NOW))
    assert far == "15:15 – Fr 15:15 Uhr"


def test_an_instant_after_midnight_names_its_day_and_a_far_one_its_date():
    assert plain(formats.brief(NOW, NOW)) == "14:15 Uhr"
    assert plain(formats.brief(NOW + timedelta(hours=12), NOW)) == "Do 02:15 Uhr"
    assert plain(formats.brief(NOW + timedelta(days=7), NOW)) == "Mi 21.07. 14:15 Uhr"
    assert plain(formats.brief(NOW - timedelta(days=1), NOW)) == "Di 13.07. 14:15 Uhr"
    over = formats.interval(NOW - timedelta(hours=15), NOW + timedelta(hours=1), NOW)
    assert plain(over) == "Di 13.07. 23:15 – 15:15 Uhr"


def test_an_interval_without_an_end_or_without_a_beginning_says_so():
    assert plain(formats.interval(NOW, None, NOW)) == "ab 14:15 Uhr"
    assert formats.interval(None, NOW, NOW) == "–"
    assert plain(formats.interval(NOW, NOW, NOW)) == "14:15 Uhr"


def test_the_hour_that_comes_twice_in_autumn_names_its_zone():
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert plain(formats.clock(first)) == "02:30 MESZ"
    assert plain(formats.clock(first + timedelta(hours=1))) == "02:30 MEZ"
    assert plain(formats.clock(first + timedelta(hours=2))) == "03:30"
    assert plain(formats.clock(first - timedelta(hours=1))) == "01:30"


def test_the_hour_that_is_missing_in_spring_is_jumped_over():
    before = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
    assert formats.clock(before) == "01:59"
    assert formats.clock(before + timedelta(minutes=1)) == "03:00"


def test_an_age_over_the_autumn_night_counts_real_minutes():
    before = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert formats.minutes_between(before, before + timedelta(hours=2)) == 120


@pytest.mark.parametrize(
    ("trend", "unit", "words"),
    [
        (0.32, "m", "steigt um 32 cm je Stunde"),
        (-0.05, "m", "fällt um 5 cm je Stunde"),
        (0.001, "m", "gleichbleibend"),
        (12.34, "m³/s", "steigt um 12,3 m³/s je Stunde"),
        (None, "m", "Trend unbekannt"),
    ],
)
def test_a_trend_is_words_with_a_number(trend, unit, words):
    assert plain(formats.per_hour(trend, unit)) == words


def test_levels_and_flows_have_their_digits():
    assert plain(formats.quantity(2.2, "m")) == "2,20 m"
    assert plain(formats.quantity(112.34, "m³/s")) == "112,3 m³/s"
    assert formats.quantity(None, "m") == "–"
