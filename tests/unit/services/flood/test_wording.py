from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.flood.network import build_network
from services.flood.wording import (
    Clock,
    decimal,
    gauge_name,
    minutes_text,
    rate_text,
    trend_text,
    value_text,
)
from tests.unit.services.flood.scenario import gauge, nette_pack, thresholds

STAGE = build_network(nette_pack()).gauges["muehle"]
DISCHARGE = build_network(
    nette_pack(
        gauges=(gauge("muehle", "nette", 34.0, observes="discharge", name="Wernerseck"),),
        thresholds=thresholds("muehle", (30.0, 50.0, 70.0)),
    )
).gauges["muehle"]
CLOCK = Clock(datetime(2021, 7, 14, 18, 0, tzinfo=UTC), ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0.4, "0 Min."), (45, "45 Min."), (59.9, "59 Min."), (60, "1 Std."), (450, "7 Std. 30 Min.")],
)
def test_minutes_become_hours_from_an_hour_on(minutes, text):
    assert minutes_text(minutes) == text


def test_numbers_have_a_decimal_comma_and_no_negative_zero():
    assert decimal(1.845, 1) == "1,8"
    assert decimal(-0.001, 2) == "0,00"
    assert decimal(-3.2, 1) == "−3,2"


def test_values_carry_the_unit_of_their_gauge():
    assert value_text(1.84, STAGE) == "1,84 m"
    assert value_text(12.34, DISCHARGE) == "12,3 m³/s"
    assert value_text(123.4, DISCHARGE) == "123 m³/s"


def test_rates_are_centimetres_for_stage_and_cubic_metres_for_discharge():
    assert rate_text(0.32, STAGE) == "+32 cm je Stunde"
    assert rate_text(-0.32, STAGE) == "−32 cm je Stunde"
    assert rate_text(3.2, DISCHARGE) == "+3,2 m³/s je Stunde"


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (0.32, "steigt schnell, +32 cm je Stunde"),
        (0.15, "steigt, +15 cm je Stunde"),
        (0.05, "steigt langsam, +5 cm je Stunde"),
        (0.01, "bleibt etwa gleich"),
        (-0.05, "fällt langsam, −5 cm je Stunde"),
        (-0.30, "fällt schnell, −30 cm je Stunde"),
    ],
)
def test_the_trend_is_a_word_and_a_number(rate, text):
    assert trend_text(rate, STAGE) == text


def test_times_are_local_and_name_another_day():
    assert CLOCK.say(datetime(2021, 7, 14, 18, 15, tzinfo=UTC)) == "20:15 Uhr"
    assert CLOCK.say(datetime(2021, 7, 14, 23, 15, tzinfo=UTC)) == "15.07., 01:15 Uhr"
    assert CLOCK.say(datetime(2021, 12, 14, 18, 15, tzinfo=UTC)) == "14.12., 19:15 Uhr"


def test_a_gauge_is_called_pegel_once():
    assert gauge_name(STAGE) == "Pegel Muehle"
    assert gauge_name(DISCHARGE) == "Pegel Wernerseck"


def test_the_doubled_hour_of_autumn_names_its_zone():
    clock = Clock(datetime(2021, 10, 31, 1, 30, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
    said = [
        clock.say(datetime(2021, 10, 30, 23, 15, tzinfo=UTC) + timedelta(hours=hour))
        for hour in range(4)
    ]

    assert said == ["01:15 Uhr", "02:15 Uhr MESZ", "02:15 Uhr MEZ", "03:15 Uhr"]
    earlier = Clock(datetime(2021, 10, 30, 12, 0, tzinfo=UTC), clock.zone)
    assert earlier.say(datetime(2021, 10, 31, 0, 15, tzinfo=UTC)) == "31.10., 02:15 Uhr MESZ"


def test_the_night_that_loses_an_hour_in_spring_needs_no_zone():
    clock = Clock(datetime(2021, 3, 28, 2, 0, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
    said = [clock.say(datetime(2021, 3, 28, hour, 45, tzinfo=UTC)) for hour in range(3)]

    assert said == ["01:45 Uhr", "03:45 Uhr", "04:45 Uhr"]
