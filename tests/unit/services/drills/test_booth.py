"""Asking for a drill in real operation, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from data import audit, drills, operation
from services.drills.booth import HEARD, LEADER, DrillBooth, Wish
from services.drills.errors import DrillRefusedError
from services.people.errors import NotSignedInError
from services.people.identity import acting
from services.people.model import Role
from services.simulation.replay import UnknownScenarioError
from tests.support.sample_people import identity_of

NOW = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)


@pytest.fixture
def booth(sessions, region, tmp_path):
    with sessions.begin() as session:
        operation.report(session, LEADER, NOW, ok=True)
    return DrillBooth(sessions, region, 8051, tmp_path, is_drill=False, wall=lambda: NOW)


@pytest.fixture
def crisis():
    with acting(identity_of(Role.CRISIS)) as who:
        yield who


def test_a_wish_is_kept_with_its_command_and_noted(booth, crisis):
    booth.start(Wish(event="2021-07", speed=60.0))
    row = booth.view().running
    assert row.event["arguments"] == ["2021-07", "--speed", "60"]
    assert (row.status, row.port, row.asked_by) == (drills.ASKED, 8051, crisis.actor)
    booth.end()
    assert booth.view().running.status == drills.ENDING
    with booth.sessions() as session:
        actions = [entry.action for entry in audit.newest(session, 2)]
    assert actions == ["drill-ended", "drill-asked"]


def test_one_drill_at_a_time(booth, crisis):
    booth.start(Wish(event="2021-07"))
    with pytest.raises(DrillRefusedError, match="Es läuft schon eine Übung"):
        booth.start(Wish(event="normal"))


def test_where_nobody_would_start_it_the_command_is_named(booth, region, tmp_path, crisis):
    late = DrillBooth(booth.sessions, region, 1, tmp_path, is_drill=False, wall=lambda: NOW + HEARD)
    assert not late.view().has_leader
    with pytest.raises(DrillRefusedError, match=r"\./cockpit drill start"):
        late.start(Wish(event="2021-07"))


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (Wish(event="sintflut"), UnknownScenarioError),
        (Wish(event="2021-07", speed=0.5), DrillRefusedError),
        (Wish(seed=1_000_000), DrillRefusedError),
        (Wish(start=NOW, end=NOW - timedelta(hours=1)), DrillRefusedError),
        (Wish(start=NOW, end=NOW + timedelta(hours=1)), DrillRefusedError),
    ],
)
def test_a_wish_that_cannot_be_is_refused_at_once(booth, crisis, wish, error):
    with pytest.raises(error):
        booth.start(wish)


def test_the_public_asks_for_nothing(booth):
    with pytest.raises(NotSignedInError):
        booth.start(Wish(event="2021-07"))
    with pytest.raises(NotSignedInError):
        booth.report("x")


def test_only_evaluations_are_handed_out(booth, tmp_path, crisis):
    (tmp_path / "uebung-1.csv").write_text("ÜBUNG", encoding="utf-8")
    (tmp_path.parent / "geheim.csv").write_text("nein", encoding="utf-8")
    assert booth.view().reports == ("uebung-1.csv",)
    assert booth.report("uebung-1.csv") == "ÜBUNG"
    for name in ("../geheim.csv", "uebung-2.csv"):
        with pytest.raises(DrillRefusedError):
            booth.report(name)
