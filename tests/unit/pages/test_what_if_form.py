from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.water._what_if_request import HOURS, RISE_CM, checked, request_from
from pages.water._what_if_words import present_lines
from services.situation.model import WhatIfRequest
from tests.support import sample_water as sample
from tests.support import trees

NITZ = replace(sample.NITZ, range_max=6.0)


def test_centimetres_become_metres():
    assert request_from("iot-nitz", 30, 3) == WhatIfRequest("iot-nitz", 0.3, 3.0)


@pytest.mark.parametrize("rise", [0, 201, -5, None, "30", True, float("nan"), float("inf")])
def test_a_rise_out_of_bounds_is_refused_with_the_range(rise):
    assert request_from("iot-nitz", rise, 3) == (
        "Der Anstieg muss zwischen 1 und 200 cm je Stunde liegen."
    )


@pytest.mark.parametrize("hours", [0, 13, None, "x"])
def test_a_duration_out_of_bounds_is_refused_with_the_range(hours):
    assert request_from("iot-nitz", 30, hours) == (
        "Die Dauer muss zwischen 1 und 12 Stunden liegen."
    )


@pytest.mark.parametrize("gauge", [None, "", 7, []])
def test_a_gauge_must_be_chosen(gauge):
    assert request_from(gauge, 30, 3) == "Bitte einen Pegel auswählen."


@given(
    st.text(max_size=9), st.one_of(st.floats(), st.integers()), st.one_of(st.floats(), st.text())
)
def test_a_request_is_always_within_its_bounds(gauge, rise, hours):
    found = request_from(gauge, rise, hours)
    if isinstance(found, WhatIfRequest):
        assert RISE_CM[0] / 100 <= found.rise_per_h <= RISE_CM[1] / 100
        assert HOURS[0] <= found.hours <= HOURS[1]


def test_a_rise_beyond_what_the_gauge_can_measure_is_refused_with_the_most_that_is_possible():
    assert checked("iot-nitz", 200, 12, [NITZ]) == (
        "Pegel Nitz käme von 1,31\N{NO-BREAK SPACE}m auf 25,31\N{NO-BREAK SPACE}m, misst aber nur"
        " bis 6,00\N{NO-BREAK SPACE}m. Für 12 Stunden sind höchstens 39 cm je Stunde möglich."
    )
    assert checked("iot-nitz", 39, 12, [NITZ]) == WhatIfRequest("iot-nitz", 0.39, 12.0)
    assert isinstance(checked("iot-nitz", 40, 12, [NITZ]), str)


def test_without_a_reading_or_a_range_only_the_inputs_are_bounded():
    for gauge in (sample.NITZ, replace(NITZ, value=None)):
        assert isinstance(checked("iot-nitz", 200, 12, [gauge]), WhatIfRequest)


def test_the_form_shows_the_present_value_and_where_the_rise_leads():
    request = WhatIfRequest("iot-nitz", 0.3, 3.0)
    words = trees.text(present_lines(NITZ, request, sample.NOW))
    assert "Jetzt 1,31 m ( vor 7 Min. ), steigt um 32 cm je Stunde ; gemessen: Alarm" in words
    assert "Voralarm 0,95 m, Warnung 1,13 m, Alarm 1,25 m, misst bis 6,00 m" in words
    assert "Angenommen: 2,21 m nach 3 Stunden, über Alarm" in words


def test_the_form_says_that_a_silent_gauge_has_no_beginning():
    words = trees.text(present_lines(sample.HAMMESMUEHLE, "", sample.NOW))
    assert "Kein gültiger Messwert: Ohne ihn hat der Anstieg keinen Anfang." in words
