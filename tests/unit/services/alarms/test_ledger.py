"""POD and FAR of what people said: by flood, without drills, and not told of too few."""

from datetime import UTC, datetime, timedelta

import pytest

from services.alarms.ledger import LEAST, Judged, figures
from services.alarms.model import Outcome

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
