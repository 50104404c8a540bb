from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from data import observations, runs, things
from data.observations import ObservationRow
from services.clock import SteppedClock
from services.cycles import CycleService
from services.errors import RunRefusedError, UnknownRunError
from services.flood.rain.series import HeardRain, RainSeries
from services.people.identity import acting
from services.people.model import Role
from services.runs import NOBODY, RunService
from services.situation.model import WhatIfRequest
from tests.support.sample_people import identity_of
from tests.support.sample_runs import run_row

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def cycles(sessions, region):
    wanted = [(r.gauge_id, r.gauge_id, "gauge", r.observed_property, "m") for r in region.sensors]
    with sessions.begin() as session:
        things.ensure(session, region.region_id, (things.stream(*row) for row in wanted))
        ids = things.ids(session)
        rows = [
            ObservationRow(ids[key], at, at, 0.5, 0.5, 1, "", "simulated")
            for key in ids
            if key.endswith("/stage")
            for at in (NOW - timedelta(minutes=15 * n) for n in range(16))
        ]
        observations.upsert(session, rows)
    clock = SteppedClock(NOW, "test", "Test", NOW - timedelta(days=1))
    return CycleService(sessions, region, clock, "simulated", members=100)


@pytest.fixture
def service(sessions, cycles):
    return RunService(sessions, cycles, per_minute=3)


def ask(gauge_id="iot-nitz", rise=0.5, hours=3.0):
    return WhatIfRequest(gauge_id, rise, hours)


def test_a_cycle_is_stored_with_all_its_results(sessions, cycles, region):
    row = cycles.run()
    with sessions() as session:
        newest = runs.newest_cycle(session, region.region_id, None)
        villages = runs.village_details(session, row.run_id)
        gauges = runs.gauge_details(session, row.run_id)
    assert newest.run_id == row.run_id
    assert newest.as_of == NOW
    assert len(villages) == len(region.network.villages)
    assert len(gauges) == len(region.network.gauges)


def test_what_is_stored_is_what_the_engine_said(sessions, cycles):
    cycles.run()
    with sessions() as session:
        stored = cycles.previous(session)
        series = cycles.series(session, NOW)
    expected = cycles.compute(series, {}, NOW)
    assert stored == {(v.place_id, v.river_id): v for v in expected.villages}


def test_a_what_if_raises_the_villages_below_and_leaves_the_situation_alone(service, cycles):
    cycles.run()
    run_id = service.start_what_if(ask(rise=1.0), "test")
    steps = []
    service.execute(run_id, lambda share, text: steps.append((share, text)))
    view = service.get(run_id)
    states = {village.place_id: village.state.value for village in view.villages}
    before = {village.place_id: village.state.value for village in view.baseline}
    assert view.status == runs.DONE
    assert states["virneburg"] == "alarm"
    assert before["virneburg"] == "ok"
    assert [share for share, _ in steps] == sorted(share for share, _ in steps)
    with cycles.sessions() as session:
        assert runs.newest_cycle(session, "myk", None).kind == runs.CYCLE


def test_only_one_what_if_runs_at_a_time(service):
    service.start_what_if(ask(), "a")
    with pytest.raises(RunRefusedError):
        service.start_what_if(ask(), "b")


def test_the_number_of_what_ifs_a_minute_is_bounded(service):
    for _ in range(3):
        service.cancel(service.start_what_if(ask(), NOBODY))
    with pytest.raises(RunRefusedError) as caught:
        service.start_what_if(ask(), "a")
    assert "höchstens 3" in caught.value.user_message


@pytest.mark.parametrize(
    "request_",
    [ask(rise=0.0), ask(rise=-1.0), ask(rise=99.0), ask(hours=0.0), ask(hours=48.0),
     ask(rise=float("nan")), ask(gauge_id="nirgendwo")],
)  # fmt: skip
def test_values_out_of_bounds_are_refused_with_a_sentence(service, request_):
    with pytest.raises(RunRefusedError) as caught:
        service.start_what_if(request_, "a")
    assert caught.value.user_message.endswith(".")


def test_a_cancelled_run_stays_cancelled_and_has_no_result(service):
    run_id = service.start_what_if(ask(), NOBODY)
    service.cancel(run_id)
    service.execute(run_id, lambda *_: None)
    view = service.get(run_id)
    assert view.status == runs.CANCELLED
    assert view.villages == ()


def test_only_who_began_a_run_or_may_operate_ends_it(service):
    officer = identity_of(Role.CRISIS)
    planner = identity_of(Role.PLANNER)
    with acting(planner):
        run_id = service.start_what_if(ask(), planner.actor)
    with pytest.raises(RunRefusedError, match="jemand anderes"):
        service.cancel(run_id)
    namesake = identity_of(Role.PLANNER, person_id="other", name=planner.name)
    with acting(namesake), pytest.raises(RunRefusedError, match="jemand anderes"):
        service.cancel(run_id)
    assert "asked_by" not in service.get(run_id).parameters
    with acting(identity_of(Role.COUNCIL)), pytest.raises(RunRefusedError, match="jemand anderes"):
        service.cancel(run_id)
    assert service.get(run_id).status == runs.WAITING
    with acting(planner):
        service.cancel(run_id)
        again = service.start_what_if(ask(), planner.actor)
    with acting(officer):
        service.cancel(again)
    assert service.get(again).status == runs.CANCELLED


@pytest.mark.parametrize("kind", [runs.CYCLE, runs.VERIFICATION])
def test_nobody_steers_a_run_of_the_worker(service, sessions, kind):
    with sessions.begin() as session:
        row = run_row("of-the-worker", NOW, region_id="myk", kind=kind, status=runs.RUNNING)
        runs.add(session, row)
    with acting(identity_of(Role.ADMIN)):
        for act in (service.cancel, lambda run_id: service.execute(run_id, lambda *_: None)):
            with pytest.raises(UnknownRunError):
                act("of-the-worker")
    with sessions() as session:
        assert runs.by_id(session, "of-the-worker").status == runs.RUNNING


def test_a_run_of_another_region_is_not_shown(service, sessions):
    with sessions.begin() as session:
        runs.add(session, run_row("elsewhere", NOW, region_id="andere"))
    with pytest.raises(UnknownRunError):
        service.get("elsewhere")


def test_a_run_that_never_ends_is_shown_as_failed_and_blocks_nobody(sessions, cycles):
    late = RunService(sessions, cycles, per_minute=3, wall=lambda: NOW)
    run_id = late.start_what_if(ask(), "a")
    after = RunService(sessions, cycles, per_minute=3, wall=lambda: NOW + timedelta(minutes=5))
    assert after.get(run_id).status == runs.FAILED
    assert after.start_what_if(ask(), "b")


def test_an_unknown_run_is_a_sentence(service):
    with pytest.raises(UnknownRunError):
        service.get("nothing")


def test_old_runs_are_pruned_with_their_results(sessions, cycles):
    row = cycles.run()
    with sessions.begin() as session:
        assert runs.prune(session, row.started_at + timedelta(seconds=1)) == 1
        assert runs.village_details(session, row.run_id) == []


def test_runs_of_an_earlier_replay_do_not_count(sessions, cycles, region):
    row = cycles.run()
    with sessions() as session:
        later = row.started_at + timedelta(seconds=1)
        assert runs.newest_cycle(session, region.region_id, later) is None


def test_a_what_if_hears_the_rain_that_the_situation_hears(service, cycles, monkeypatch):
    series = RainSeries(np.array([0.0]), np.array([1.0]), 0.0)
    known, heard = HeardRain({"nette": series}), []
    real = CycleService.compute

    def compute(self, *args):
        heard.append(args[-1])
        return real(self, *args)

    monkeypatch.setattr("services.runs.heard_rain", lambda *_: known)
    monkeypatch.setattr(CycleService, "compute", compute)
    service.execute(service.start_what_if(ask(), "test"), lambda *_: None)

    assert heard == [known]
