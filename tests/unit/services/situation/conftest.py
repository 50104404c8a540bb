"""A store with the region's datastreams and a clock that stands, for all tests of this folder."""

from datetime import timedelta

import pytest

from data import observations, things
from data.observations import ObservationRow
from services.clock import SteppedClock
from services.situation.service import SituationService
from tests.support.situations import NOW, STEP


@pytest.fixture
def store(sqlite_sessions, region):
    wanted = [(r.gauge_id, r.gauge_id, "gauge", r.observed_property, "m") for r in region.sensors]
    with sqlite_sessions.begin() as session:
        things.ensure(session, region.region_id, (things.stream(*row) for row in wanted))
    return sqlite_sessions


@pytest.fixture
def put(store):
    def write(gauge_id, values, until=NOW):
        with store.begin() as session:
            number = things.ids(session)[f"{gauge_id}/stage"]
            times = [until - STEP * n for n in range(len(values))][::-1]
            observations.upsert(
                session,
                [
                    ObservationRow(number, at, at, value, value, 1, "", "simulated")
                    for at, value in zip(times, values, strict=True)
                ],
            )

    return write


@pytest.fixture
def clock():
    return SteppedClock(NOW, "test", "Test", NOW - timedelta(days=1))


@pytest.fixture
def service(store, region, clock):
    return SituationService(store, region, clock)
