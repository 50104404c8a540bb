import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.water._what_if import HOURS, RISE_CM, request_from
from services.situation.model import WhatIfRequest


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
