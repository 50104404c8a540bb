"""POD and FAR of what people said: by flood, without drills, and not told of too few."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.alarms.ledger import LEAST, Judged, figures, yearly
from services.alarms.model import Evacuation, Outcome

AT = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def said(*outcomes, subject="mayen/nette", every=3 * DAY):
    return [
        Judged(subject, subject, AT + number * every, Outcome(outcome))
        for number, outcome in enumerate(outcomes)
    ]


def test_shares_are_by_the_book():
    _, total = figures(said("hit", "hit", "hit", "late", "missed", "false", "false"))
    assert (total.hits, total.late, total.missed, total.false) == (3, 1, 1, 2)
    assert total.pod == pytest.approx(3 / 5)
    assert total.far == pytest.approx(2 / 6)
    assert total.floods == 5


def test_too_few_cases_have_no_share_but_their_counts():
    _, total = figures(said(*["hit"] * (LEAST - 1)))
    assert (total.hits, total.pod, total.far) == (LEAST - 1, None, None)


def test_drills_and_unclear_ones_count_nowhere_else():
    _, total = figures(said("drill", "unclear", "hit"))
    assert (total.others, total.floods, total.false) == (2, 1, 0)


def test_alarms_of_one_place_within_a_day_are_one_flood_and_the_best_counts():
    found, total = figures(said("false", "hit", "late", every=timedelta(hours=6)))
    assert (total.hits, total.late, total.false) == (1, 0, 0)
    assert len(found) == 1


def test_each_place_has_its_own_floods():
    found, total = figures(said("hit") + said("missed", subject="plaidt/nette"))
    assert [(row.subject, row.floods) for row in found] == [("mayen/nette", 1), ("plaidt/nette", 1)]
    assert total.floods == 2


def test_nothing_said_is_nothing_told():
    found, total = figures([])
    assert (found, total.pod, total.far) == ((), None, None)


def flood(outcome, evacuated, days=0.0, subject="mayen/nette"):
    return Judged(subject, subject, AT + timedelta(days=days), Outcome(outcome), evacuated)


def test_an_evacuation_that_nobody_told_of_is_neither_yes_nor_no():
    said_of = [flood("hit", Evacuation.YES, 2 * day) for day in range(2)]
    said_of += [flood("late", Evacuation.NO, 10 + 2 * day) for day in range(3)]
    _, total = figures([*said_of, flood("missed", Evacuation.UNKNOWN, 30)])
    assert (total.floods, total.evacuated, total.unsaid) == (6, 2, 1)
    assert total.evacuation == pytest.approx(2 / 5)


def test_an_evacuation_without_water_is_none_of_a_flood():
    _, total = figures([flood("false", Evacuation.YES)])
    assert (total.evacuated, total.floods, total.evacuation) == (0, 0, None)


def test_one_alarm_of_a_flood_tells_of_its_evacuation():
    alarms = [flood("hit", Evacuation.NO), flood("late", Evacuation.YES, 0.2)]
    _, total = figures([*alarms, flood("late", Evacuation.UNKNOWN, 0.3)])
    assert (total.floods, total.evacuated, total.unsaid) == (1, 1, 0)


def test_years_are_those_of_the_region_and_the_newest_is_first():
    zone = ZoneInfo("Europe/Berlin")
    late = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    old = Judged("mayen/nette", "Mayen", late - timedelta(days=40), Outcome.HIT)
    new = Judged("mayen/nette", "Mayen", late, Outcome.LATE)
    assert [(row.name, row.hits, row.late) for row in yearly([new, old], zone)] == [
        ("2026", 0, 1),
        ("2025", 1, 0),
    ]
