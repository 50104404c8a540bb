"""A gauge that falls silent during a rise must not push the arrival away."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from services.flood.model import State
from services.flood.village_status import _not_later_without_data
from tests.unit.services.flood.scenario import NOW

EARLY, LATE = NOW + timedelta(hours=1), NOW + timedelta(hours=3)


def view(*, is_usable):
    village = SimpleNamespace(paths=(SimpleNamespace(gauge_id="near"),))
    return SimpleNamespace(village=village, statuses={"near": SimpleNamespace(is_usable=is_usable)})


@pytest.mark.parametrize(
    ("is_usable", "level", "expected"),
    [
        (False, State.ALARM, EARLY),
        (True, State.ALARM, LATE),
        (False, State.WARNUNG, LATE),
    ],
)
def test_the_earliest_bound_stays_while_the_nearest_gauge_is_silent(is_usable, level, expected):
    previous = SimpleNamespace(level=State.ALARM, earliest=EARLY)
    arrival = (LATE, LATE, None)
    found = _not_later_without_data(arrival, view(is_usable=is_usable), previous, level)
    assert found == (expected, LATE, None)
