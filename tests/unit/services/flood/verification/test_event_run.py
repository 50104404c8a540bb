"""One flood through the engine: what is noted agrees with the true course. Few members: fast."""

import pytest

from services.flood.verification.event_run import prepare_bench, run_event
from services.flood.verification.records import HORIZON_MIN, LEADS_MIN
from services.simulation.random_events import random_event


@pytest.fixture(scope="module")
def bench(region):
    return prepare_bench(region, members=20)


@pytest.fixture(scope="module")
def quiet(bench):
    return run_event(bench, random_event(bench.stage, 3, 0))


@pytest.fixture(scope="module")
def flood(bench):
    event = random_event(bench.stage, 3, 2)
    return event, run_event(bench, event)


def test_a_quiet_event_has_outcomes_for_all_villages_and_no_arrival(bench, quiet):
    assert len(quiet.outcomes) == 3 * len(bench.villages)
    assert quiet.cases == ()
    assert all(o.truth_s is None and o.missing_m > 0 for o in quiet.outcomes)
    assert quiet.skipped > 0


def test_a_flood_reaches_alarm_where_the_course_says_so(bench, flood):
    event, record = flood
    for outcome in record.outcomes:
        if outcome.level != "alarm":
            continue
        highest = event.course.stage_m[:, bench.cells[outcome.place]].max()
        is_due = highest >= bench.levels[outcome.place, "alarm"]
        assert (outcome.truth_s is not None) == is_due
    assert any(o.truth_s is not None for o in record.outcomes if o.level == "alarm")


def test_forecasts_are_kept_until_the_arrival_only(flood):
    _, record = flood
    assert record.cases
    assert all(0.0 < case.truth_min <= HORIZON_MIN for case in record.cases)
    spoken = [case for case in record.cases if case.unseen]
    assert spoken
    assert all(list(case.unseen) == sorted(case.unseen) for case in spoken)


def test_who_sees_that_nothing_is_there_yet_is_never_told_an_earlier_time(flood):
    _, record = flood
    spoken = [case for case in record.cases if case.ahead and case.unseen]
    assert spoken
    for case in spoken:
        pairs = zip(case.ahead, case.unseen, strict=True)
        assert all(ahead >= unseen - 0.1 for ahead, unseen in pairs)


def test_a_warning_that_stood_long_before_stood_shortly_before_at_the_latest_lead(flood):
    _, record = flood
    for outcome in record.outcomes:
        assert len(outcome.standing) == len(LEADS_MIN)
        if outcome.truth_s is None:
            assert not any(outcome.standing)
        if any(outcome.standing):
            assert outcome.first_s is not None
            assert outcome.first_s <= outcome.truth_s
