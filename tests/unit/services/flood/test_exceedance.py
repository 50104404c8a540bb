import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.flood.exceedance import LEVEL_EXCEEDANCE, scale_of
from services.flood.model import LEVELS, State

STAGES = dict(zip(LEVELS, (1.18, 1.42, 1.58), strict=True))
steps = st.floats(min_value=0.02, max_value=2.0)
levels = st.tuples(st.floats(min_value=0.3, max_value=3.0), steps, steps).map(
    lambda t: dict(zip(LEVELS, (t[0], t[0] + t[1], t[0] + t[1] + t[2]), strict=True))
)


def test_the_lowest_level_has_exceedance_one_and_the_others_theirs():
    scale = scale_of(STAGES, is_discharge=False)

    found = scale.e(np.array([STAGES[level] for level in LEVELS]))
    assert found == pytest.approx([LEVEL_EXCEEDANCE[level] for level in LEVELS])


def test_discharge_is_divided_by_its_lowest_level():
    scale = scale_of({State.VORALARM: 20.0, State.ALARM: 50.0}, is_discharge=True)

    assert scale.e(np.array([0.0, 10.0, 20.0, 60.0])) == pytest.approx([0.0, 0.5, 1.0, 3.0])


def test_below_the_zero_of_the_scale_nothing_flows():
    scale = scale_of(STAGES, is_discharge=False)

    assert scale.zero < STAGES[State.VORALARM]
    assert scale.e(np.array([scale.zero, scale.zero - 1.0])).tolist() == [0.0, 0.0]


@given(levels, st.floats(min_value=-1.0, max_value=8.0), st.floats(min_value=0.0, max_value=2.0))
def test_a_higher_reading_never_has_a_lower_exceedance(known, value, lift):
    scale = scale_of(known, is_discharge=False)
    low, high = scale.e(np.array([value, value + lift]))

    assert high >= low


@given(levels, st.floats(min_value=0.05, max_value=5.0))
def test_reading_and_exceedance_are_each_others_inverse(known, e):
    scale = scale_of(known, is_discharge=False)

    assert float(scale.e(scale.value(np.array(e)))) == pytest.approx(e, rel=1e-6)


@pytest.mark.parametrize(
    "known",
    [{}, {State.VORALARM: 1.0}, {State.VORALARM: 1.5, State.WARNUNG: 1.2, State.ALARM: 2.0}],
)
def test_without_two_levels_in_order_there_is_no_scale(known):
    assert scale_of(known, is_discharge=False) is None


def test_a_level_that_is_no_number_gives_no_scale():
    assert scale_of({State.VORALARM: float("nan"), State.ALARM: 2.0}, is_discharge=False) is None
