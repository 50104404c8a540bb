"""What is old goes by its rule, and nothing else changes; on both databases."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from data import alerts, observations, quality, runs, things
from data.alerts import AlertRow
from data.engine import writing
from data.models import CapAlert, QualityFlag, Run
from data.observation_rows import ObservationRow
from data.quality import FindingRow
from data.region_pack.sensor_rows import RetentionRow
from services.archive.service import ArchiveService
from services.clock import wall_now
from services.jobs.pruning import alert_pruning_job, finding_pruning_job, pruning_job
from services.series.roller import Roller
from tests.support.sample_runs import run_row

KEEP_DAYS = 30


def store(sessions, run_id, age):
    with sessions.begin() as session:
        runs.add(writing(session), run_row(run_id, wall_now() - age))


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


NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
DAY = timedelta(days=1)
KEEP = 90 * DAY
CLOCK = SimpleNamespace(now=lambda: NOW)


def alert(name, sent, ends, kind="Alert", refers=(), status="Actual"):
    """Return a message that was sent and ends so many days before now; None: without an end."""
    return AlertRow(
        sender="dwd",
        identifier=name,
        sent_at=NOW - sent * DAY,
        source_id="dwd-cap",
        msg_type=kind,
        status=status,
        scope="Public",
        refers_to=[("dwd", other, (NOW - at * DAY).isoformat()) for other, at in refers],
        infos=[],
        expires_at=None if ends is None else NOW - ends * DAY,
        received_at=NOW - sent * DAY,
    )


def prune_alerts(sessions, *rows):
    """Store messages, prune; returns the names that are left, and that none holds anew."""
    with sessions.begin() as session:
        alerts.add(writing(session), rows)
        before = alerts.holding_at(session, NOW)
    words = alert_pruning_job(sessions, KEEP, CLOCK).run()
    with sessions() as session:
        left = set(session.scalars(select(CapAlert.identifier)))
        assert alerts.holding_at(session, NOW) == before
    gone = len({row.identifier for row in rows}) - len(left)
    assert words == (f"{gone} abgelaufene Warnungen gelöscht" if gone else "")
    return left


def test_warnings_go_when_their_end_is_longer_ago_than_kept(sessions):
    rows = [alert("old", 100, 91), alert("young", 100, 89), alert("holds", 100, -1)]
    assert prune_alerts(sessions, *rows) == {"young", "holds"}


def test_a_cancel_stays_while_what_it_ended_would_hold_again_without_it(sessions):
    rows = [
        alert("long", 200, -5),
        alert("stop", 199, 150, "Cancel", [("long", 200)]),
        alert("stop-of-stop", 198, 150, "Update", [("stop", 199)]),
        alert("over", 200, 100),
        alert("end-of-over", 199, None, "Cancel", [("over", 200)]),
    ]
    assert prune_alerts(sessions, *rows) == {"long", "stop", "stop-of-stop"}


def test_a_warning_without_an_end_stays_until_it_was_replaced_long_ago(sessions):
    rows = [
        alert("endless", 200, None),
        alert("replaced", 200, None),
        alert("next", 199, 198, "Update", [("replaced", 200)]),
        alert("in-a-drill", 200, None),
        alert("drill", 199, 198, "Update", [("in-a-drill", 200)], status="Exercise"),
    ]
    assert prune_alerts(sessions, *rows) == {"endless", "in-a-drill", "drill"}


def test_a_rule_that_finds_nothing_says_nothing(sessions):
    assert alert_pruning_job(sessions, KEEP, CLOCK).run() == ""
    assert finding_pruning_job(sessions).run() == ""


START = datetime(2026, 1, 10, tzinfo=UTC)


class Store:
    def __init__(self, sessions, folder):
        self.sessions, self.folder = sessions, folder
        with sessions.begin() as session:
            wanted = [things.stream(name, name, "gauge", "stage", "m") for name in ("a", "b")]
            things.ensure(writing(session), "r", wanted)
            self.ids = things.ids(session)

    def put(self, name, days, finding_of=("range", "qc")):
        """Store a value and a finding each day."""
        number, (test, actor) = self.ids[f"{name}/stage"], finding_of
        times = [START + day * DAY for day in days]
        rows = [ObservationRow(number, at, at, 9.0, 9.0, 4, "x", "live") for at in times]
        found = [FindingRow(number, at, at, test, 4, "x", actor, at) for at in times]
        with self.sessions.begin() as session:
            observations.upsert(writing(session), rows)
            if test == quality.MANUAL:
                for row in found:
                    quality.add_manual(session, row)
            else:
                quality.keep(session, found)

    def archive(self, *, keeps_files):
        rule = RetentionRow(
            observed_property="stage",
            kind="*",
            keep_days=90,
            archive=keeps_files,
            source="test",
            confidence="test",
        )
        roller = Roller(self.sessions, UTC)
        while roller.step():
            pass
        return ArchiveService(self.sessions, self.folder, [rule], lambda: NOW).run()

    def left(self, name):
        query = select(QualityFlag.start_at).where(
            QualityFlag.datastream_id == self.ids[f"{name}/stage"]
        )
        with self.sessions() as session:
            return sorted(session.scalars(query.order_by(QualityFlag.start_at)))


@pytest.fixture
def kept(sessions, tmp_path):
    return Store(sessions, tmp_path / "archive")


@pytest.mark.parametrize("keeps_files", [True, False])
def test_findings_leave_with_their_observations(kept, keeps_files):
    kept.put("a", range(0, 120, 5))
    kept.put("b", range(110, 120))
    assert finding_pruning_job(kept.sessions).run() == ""
    assert kept.archive(keeps_files=keeps_files).months == 2
    assert finding_pruning_job(kept.sessions).run() == "10 Befunde ohne Messwerte gelöscht"
    assert kept.left("a")[0] == datetime(2026, 3, 1, tzinfo=UTC)
    assert len(kept.left("a")) == 14
    assert len(kept.left("b")) == 10
    assert finding_pruning_job(kept.sessions).run() == ""


def test_findings_go_batch_by_batch_and_decisions_of_people_stay(kept, monkeypatch):
    kept.put("a", range(20))
    kept.put("b", range(3), (quality.MANUAL, "A. Muster"))
    kept.archive(keeps_files=False)
    monkeypatch.setattr("services.jobs.pruning.FINDINGS_AT_ONCE", 3)
    assert finding_pruning_job(kept.sessions).run() == "20 Befunde ohne Messwerte gelöscht"
    assert kept.left("a") == []
    assert len(kept.left("b")) == 3
