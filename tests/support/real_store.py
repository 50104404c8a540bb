"""Real services over a small real store at a fixed instant: what tests of the API read."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from config import Settings
from data import observations, runs, things
from data.observations import ObservationRow
from services.clock import SteppedClock, wall_now
from services.container import Services
from services.flood.model import State
from services.run_results import village_row
from tests.support import sample_water
from tests.support.sample_runs import run_row
from wiring import wire
from wiring_services import make_services

NOW = sample_water.NOW
STEP = timedelta(minutes=15)
READINGS = 300
RUN, EARLIER = "11111111-aaaa-4aaa-8aaa-000000000001", "11111111-aaaa-4aaa-8aaa-000000000000"
GAUGE = "iot-nitz"


def real_services(folder: Path) -> Services:
    """Make the services of a private folder with readings of two gauges and two runs."""
    wired = wire(Settings(state_dir=folder, _env_file=None).private(folder))
    clock = SteppedClock(NOW, "2021-07", "Juli 2021", NOW - timedelta(days=1))
    wired = replace(wired, clock=clock)
    fill(wired.sessions)
    while wired.roller.step():
        pass
    return make_services(wired)


def fill(sessions) -> None:
    """Store 300 readings each of two gauges, every tenth suspect, and two runs."""
    with sessions.begin() as session:
        ids = things.ids(session)
        for key in (f"{GAUGE}/stage", "27140205/stage"):
            rows = [_reading(ids[key], number) for number in range(READINGS)]
            observations.upsert(session, rows)
        for run_id, at in ((EARLIER, NOW - timedelta(hours=1)), (RUN, NOW)):
            runs.add(session, stored_run(run_id, at))
            runs.add_results(session, run_id, _villages(run_id, at), [])


def correct(sessions, number: int, value: float, received) -> None:
    """Give a reading of the gauge another value, received at an instant."""
    with sessions.begin() as session:
        stream = things.ids(session)[f"{GAUGE}/stage"]
        row = replace(_reading(stream, number), value=value, raw_value=value, result_time=received)
        observations.upsert(session, [row])


def _reading(stream: int, number: int) -> ObservationRow:
    at = NOW - number * STEP
    value = round(1.0 + number / 1000, 3)
    flag = 3 if number % 10 == 5 else 1
    reason = "spike" if flag == 3 else ""
    return ObservationRow(
        stream, at, at + timedelta(seconds=30), value, value, flag, reason, "simulated"
    )


def stored_run(run_id: str, at) -> runs.RunRow:
    """Return a finished cycle."""
    return run_row(
        run_id,
        at,
        region_id="myk",
        clock="replay",
        finished_at=wall_now() if run_id == RUN else at,
        model_version="2.2.0",
        config_hash="abc",
        origin="simulated",
    )


def _villages(run_id: str, at):
    for view in sample_water.situation("flood").villages:
        if view.result is None:
            continue
        result = view.result
        if run_id == EARLIER and view.state is State.ALARM:
            result = replace(
                result, state=State.WARNUNG, state_since=result.state_since - timedelta(hours=1)
            )
        yield village_row(result)
