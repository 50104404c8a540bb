from datetime import timedelta
from types import SimpleNamespace

from services.clock import wall_now
from services.jobs.standing import learning_job, rollup_job


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
    left = [500, 500, 3]
    job = rollup_job(SimpleNamespace(step=lambda: left.pop(0) if left else 0))
    assert job.run() == "1003 Stunden verdichtet"
    assert job.run() == ""
