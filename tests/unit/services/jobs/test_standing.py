from datetime import timedelta
from types import SimpleNamespace

from sqlalchemy import select

from data import runs
from data.engine import writing
from data.models import Run
from services.clock import wall_now
from services.jobs.standing import learning_job, pruning_job, rollup_job
from services.series.roller import Rolled

KEEP_DAYS = 30


def store(sessions, run_id, age):
    at = wall_now() - age
    row = runs.RunRow(
        run_id=run_id,
        region_id="test",
        kind=runs.CYCLE,
        clock="live",
        status=runs.DONE,
        progress=1.0,
        as_of=at,
        started_at=at,
        finished_at=at,
        model_version="1",
        config_hash="x",
        origin="live",
        requested_by="",
        parameters={},
        faults=(),
        message="",
    )
    with sessions.begin() as session:
        runs.add(writing(session), row)


def test_old_runs_go_and_older_cycles_are_thinned(sessions):
    store(sessions, "too-old", timedelta(days=KEEP_DAYS, minutes=1))
    store(sessions, "new", timedelta(hours=47))
    three_days = timedelta(days=3)
    for number in range(60):
        store(sessions, f"minute-{number}", three_days + timedelta(minutes=number))
    words = pruning_job(sessions, timedelta(days=KEEP_DAYS)).run()
    with sessions() as session:
        left = set(session.scalars(select(Run.run_id)))
    assert "too-old" not in left
    assert "new" in left
    assert 4 <= len(left) - 1 <= 5
    assert words == f"{62 - len(left)} alte Läufe gelöscht"
    assert pruning_job(sessions, timedelta(days=KEEP_DAYS)).run() == ""


def test_the_search_for_travel_times_uses_the_clock_that_counts():
    now = wall_now() - timedelta(days=400)
    asked = []

    def extract(at):
        asked.append(at)
        return SimpleNamespace(new=3)

    job = learning_job(SimpleNamespace(extract=extract), SimpleNamespace(now=lambda: now))
    assert job.run() == "3 neue Laufzeiten vorgeschlagen"
    assert asked == [now]


def test_rolling_up_does_some_batches_and_tells_of_many():
    done = [Rolled(settled=1003), Rolled(settled=3)]
    job = rollup_job(SimpleNamespace(run=lambda _batches: done.pop(0)))
    assert job.run() == "1003 Stunden verdichtet"
    assert job.run() == ""
