from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from data import learning
from data.engine import make_sessions

AT = datetime(2024, 5, 17, 12, tzinfo=UTC)


def row(**changes):
    made = learning.LagRow(
        lag_id="abc",
        region_id="myk",
        upper_gauge="iot-nitz",
        lower_gauge="iot-hammesmuehle",
        kind="scheitel",
        event="2024-05-17",
        upper_at=AT,
        lower_at=AT + timedelta(hours=3),
        stretches=[["nitzbach", 16.0, 0.0]],
        lag_min=180.0,
        sigma_ln=0.16,
        exceedance=1.4,
        origin="live",
        warning="",
        created_at=AT,
    )
    return replace(made, **changes)


@pytest.fixture
def session(engine):
    with make_sessions(engine)() as found, found.begin():
        yield found


def test_what_is_proposed_can_be_read_with_all_its_values(session):
    assert learning.propose(session, [row()]) == 1
    assert learning.lags(session, "myk", learning.PROPOSED) == [row()]
    assert learning.lags(session, "other", learning.PROPOSED) == []
    assert learning.lag(session, "myk", "abc") == row()
    assert learning.lag(session, "other", "abc") is None


def test_the_same_wave_found_again_is_not_new_and_follows_later_readings(session):
    learning.propose(session, [row()])
    later = row(lag_id="def", upper_at=AT + timedelta(minutes=20), lag_min=170.0)

    assert learning.propose(session, [later]) == 0
    found = learning.lags(session, "myk", learning.PROPOSED)
    assert [(item.lag_id, item.lag_min) for item in found] == [("abc", 170.0)]


def test_a_review_is_never_overwritten_by_a_new_extraction(session):
    learning.propose(session, [row()])
    learning.review(session, "abc", learning.REJECTED, "Rückstau", "A. Prüferin", AT)

    assert learning.propose(session, [row(lag_min=90.0)]) == 0
    kept = learning.lag(session, "myk", "abc")
    assert kept is not None
    assert (kept.status, kept.comment, kept.reviewer) == ("rejected", "Rückstau", "A. Prüferin")
    assert kept.lag_min == 180.0


def test_another_kind_pair_or_hour_is_another_travel_time(session):
    rows = [
        row(),
        row(lag_id="b", kind="anstieg"),
        row(lag_id="c", lower_gauge="27140205"),
        row(lag_id="d", upper_at=AT + timedelta(hours=2)),
    ]

    assert learning.propose(session, rows) == 4


def test_each_review_changes_the_stamp(session):
    learning.propose(session, [row(), row(lag_id="b", kind="anstieg")])
    before = learning.review_stamp(session, "myk")
    learning.review(session, "abc", learning.ACCEPTED, "", "A", AT)
    first = learning.review_stamp(session, "myk")
    learning.review(session, "abc", learning.REJECTED, "", "A", AT + timedelta(seconds=1))

    assert before == (0, None)
    assert first == (1, AT)
    assert learning.review_stamp(session, "myk") == (1, AT + timedelta(seconds=1))


def test_posteriors_come_newest_first(session):
    for number in (1, 2):
        learning.add_posterior(
            session, learning.PosteriorRow("myk", f"v{number}", "", "weil", AT, {"n": number})
        )

    found = learning.posteriors(session, "myk")
    assert [(item.version, item.content) for item in found] == [("v2", {"n": 2}), ("v1", {"n": 1})]
    assert found[0].created_at == AT
