"""Alarms by hand: conditions, a keeper on a clock that stands, people who work with alarms."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from services.alarms.closing import outcomes_of
from services.alarms.desk import AlarmDesk
from services.alarms.errors import AlarmTakenError
from services.alarms.grouping import grouped
from services.alarms.keeper import AlarmKeeper
from services.alarms.ledger import Judged, figures, yearly
from services.alarms.model import Condition, Outcome, Rule, Severity, Standing
from services.alarms.policy import make_policy
from services.alarms.rota import Rota
from services.alarms.service import AlarmService
from services.alarms.views import AlarmView, Board, Ledger, NextCall
from services.people.identity import require
from services.people.model import Right
from services.situation.model import ClockView

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass
class StandingClock:
    """Real operation on a clock that tests set; with an epoch it is a replay."""

    instant: datetime = NOW
    began_at: datetime | None = None

    def now(self):
        return self.instant

    def view(self):
        kind = "live" if self.began_at is None else "replay"
        return ClockView(kind, self.instant, self.instant)

    def epoch(self):
        return self.began_at


@dataclass
class Room:
    """Keeper, board and desk over one store."""

    sessions: object
    region: object
    clock: StandingClock = field(default_factory=StandingClock)
    told: list[object] = field(default_factory=list)

    def __post_init__(self):
        policy = make_policy()
        self.keeper = AlarmKeeper(
            self.sessions, self.region, self.clock, policy,
            announce=lambda _session, told: self.told.append(told), wall=self.clock.now,
        )  # fmt: skip
        self.service = AlarmService(self.sessions, self.region, self.clock, policy)
        self.desk = AlarmDesk(self.sessions, self.region, self.clock, wall=self.clock.now)

    def after(self, minutes, *conditions):
        self.clock.instant += minutes * MINUTE
        rules = frozenset(Rule)
        return self.keeper.look(conditions, rules)


def condition(
    standing=Standing.HOLDS, severity=Severity.ALARM, rule=Rule.LEVEL, subject="mayen/nette"
):
    return Condition(rule, subject, "Mayen", severity, standing, "Mayen ist gefährdet.")


def view(alarm_id="a1", **changes) -> AlarmView:
    base = AlarmView(
        alarm_id=alarm_id,
        rule=Rule.LOST_RISING.value,
        subject="iot-hammesmuehle",
        name="Hammesmühle",
        severity=Severity.ALARM,
        standing=Standing.HOLDS,
        text="Pegel Hammesmühle meldet nicht mehr und stieg zuletzt.",
        is_drill=True,
        opened_at=NOW - 4 * MINUTE,
        opened_wall_at=NOW - 4 * MINUTE,
        ended_at=None,
        acknowledged_at=None,
        acknowledged_by="",
        assigned_to="",
        closed_at=None,
        closed_by="",
        outcome="",
        outcome_note="",
        evacuated="",
        version=1,
        next_call=NextCall(NOW + MINUTE, "leitung", 1),
    )
    return replace(base, **changes)


@dataclass
class FakeAlarms:
    views: list[AlarmView] = field(
        default_factory=lambda: [
            view(),
            view(
                "a2",
                rule=Rule.SILENT.value,
                name="Nitz",
                severity=Severity.HINWEIS,
                acknowledged_at=NOW,
                acknowledged_by="Dienst crisis",
                next_call=None,
            ),
        ]
    )
    text: str = "7"

    def version(self):
        return self.text

    def polled_version(self):
        return self.text

    def board(self):
        require(Right.WATCH)
        duties = {"bereitschaft": "bereitschaft-a"}
        return Board(NOW, tuple(self.views), duties, grouped(self.views, {"nette": "Nette"}))

    def ledger(self, words=""):
        require(Right.WATCH)
        judged = [Judged("mayen/nette", "Mayen", NOW, Outcome.HIT)]
        by_subject, total = figures(judged)
        closed = view("a3", closed_at=NOW, closed_by="Dienst crisis", outcome="hit", next_call=None)
        found = [item for item in (*self.views, closed) if words.casefold() in item.name.casefold()]
        return Ledger(NOW, tuple(found), by_subject, yearly(judged, BERLIN), total)

    def places(self):
        return (("mayen/nette", "Mayen"),)

    def outcomes(self, alarm_id):
        require(Right.WATCH)
        rules = {item.alarm_id: item.rule for item in self.views}
        return outcomes_of(rules[alarm_id]) if alarm_id in rules else ()

    def log(self, _alarm_id):
        require(Right.WATCH)
        return ()


@dataclass
class FakeDesk:
    done: list[object] = field(default_factory=list)
    is_taken: bool = False

    def acknowledge(self, alarm_id, version):
        self._do("acknowledge", alarm_id, version)

    def acknowledge_all(self, seen):
        self._do("acknowledge-all", dict(seen))
        return len(seen)

    def assign(self, alarm_id, version, to=""):
        self._do("assign", alarm_id, version, to)

    def comment(self, alarm_id, text):
        self._do("comment", alarm_id, text)

    def close(self, alarm_id, version, outcome, note=""):
        self._do("close", alarm_id, version, outcome, note)

    def judge(self, alarm_id, outcome, note, evacuated=""):
        self._do("judge", alarm_id, outcome, note, evacuated)

    def record_missed(self, place, at, note, evacuated=""):
        self._do("missed", place, at, note, evacuated)

    def _do(self, *what):
        require(Right.OPERATE)
        if self.is_taken:
            raise AlarmTakenError
        self.done.append(what)


@dataclass
class FakeDuties:
    entered: list[object] = field(default_factory=list)

    def rotas(self):
        return {"bereitschaft": Rota()}

    def add_exception(self, role, item, note=""):
        require(Right.OPERATE)
        self.entered.append((role, item, note))
