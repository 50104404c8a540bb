import numpy as np
import pytest

from services.flood.arrival_kernel import peaks, reached_steps
from services.flood.routing.jit import interpreted

RISE = np.array([[[1.0], [3.0], [5.0], [2.0]]], dtype=np.float32)
LEVELS = np.array([[[2.0, 4.0, 6.0, np.nan]]])


@pytest.mark.parametrize("find", [reached_steps, interpreted(reached_steps)])
def test_the_next_rise_is_interpolated_and_never_is_infinite(find):
    assert find(RISE, LEVELS, 0)[0, 0] == pytest.approx([0.5, 1.5, np.inf, np.inf])


@pytest.mark.parametrize("find", [reached_steps, interpreted(reached_steps)])
def test_who_stands_above_has_the_time_of_the_rise_he_is_in(find):
    assert find(RISE, LEVELS, 2)[0, 0] == pytest.approx([0.5, 1.5, np.inf, np.inf])


def test_who_was_above_from_the_beginning_has_no_time():
    assert reached_steps(RISE[:, 1:], LEVELS, 0)[0, 0, 0] == -np.inf


@pytest.mark.parametrize("find", [peaks, interpreted(peaks)])
def test_the_peak_is_the_highest_value_from_now_on(find):
    assert find(RISE, 0)[0, 0].tolist() == [5.0, 2.0]
    assert find(RISE, 3)[0, 0].tolist() == [2.0, 3.0]
