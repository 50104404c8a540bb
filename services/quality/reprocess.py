"""Judging stored values again with today's limits: bounded chunks, only what changed is written."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import observations, quality
from data.engine import writing
from data.observation_rows import ObservationRow
from data.quality import FindingRow
from services.flood.model import Flag
from services.quality.finding import ACTOR, finding
from services.quality.flat_stretch import FlatStretches
from services.quality.manual_periods import Periods
from services.quality.past_hints import HintReport
from services.quality.rules import Rules
from services.quality.series import RECENT, Known, Version, judge_series, worst
from services.quality.verdict import MANUAL, REPEATABLE, Verdict, named_test

CHUNK = 2000
"""Values a transaction (estimate): about 60 ms in which ingest waits on SQLite."""
RAIN = "rain"
TICK = timedelta(microseconds=1)
UNFLAGGED = {Flag.GOOD: "good", Flag.NOT_EVALUATED: "not evaluated"}
"""Names under which values without a finding are counted."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a reprocessing did: values seen, flags changed, values by test before and after."""

    seen: int = 0
    changed: int = 0
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    hints: HintReport = field(default_factory=HintReport)

    def __add__(self, other: "Report") -> "Report":
        return Report(
            self.seen + other.seen,
            self.changed + other.changed,
            self.before + other.before,
            self.after + other.after,
            self.hints + other.hints,
        )


@dataclass(frozen=True, slots=True)
class Job:
    """One reprocessing: which datastream, from when to when, who asked, at what instant."""

    datastream_id: int
    key: str
    start: datetime
    end: datetime
    at: datetime
    actor: str = ACTOR
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Reprocessor:
    """Makes the tests again over what is stored."""

    sessions: sessionmaker[Session]
    rules: Rules

    def run(self, job: Job) -> Report:
        """Judge a period of one datastream again; twice changes nothing."""
        total, start = Report(), job.start
        before: list[Version] | None = None
        while start <= job.end:
            with self.sessions() as session, session.begin():
                if not job.dry_run:
                    writing(session)
                rows = quality.rows(session, job.datastream_id, start, job.end, CHUNK)
                if not rows:
                    break
                if before is None:
                    first = rows[0].phenomenon_time
                    before = observations.recent(session, job.datastream_id, first, RECENT)
                report, seen = self._chunk(session, job, before, rows)
            total += report
            before = [*before, *seen][-RECENT:]
            start = rows[-1].phenomenon_time + TICK
        return total

    def _chunk(
        self,
        session: Session,
        job: Job,
        before: Sequence[Version],
        rows: Sequence[ObservationRow],
    ) -> tuple[Report, list[Version]]:
        """Judge some rows; returns what changed and the rows as the next ones look back at them."""
        first, last = rows[0].phenomenon_time, rows[-1].phenomenon_time
        after = quality.first_after(session, job.datastream_id, last)
        checks = self.rules.of(job.key)
        kept = quality.standing(session, job.datastream_id, first, last)
        until = after.phenomenon_time if after else last
        known = Known.of(kept, Periods.read(session, first, until, job.datastream_id))
        verdicts = judge_series(before, rows, after, checks, known.settle)
        seen = [
            (row.phenomenon_time, row.value, verdict.flag)
            for row, verdict in zip(rows, verdicts, strict=True)
        ]
        flat = FlatStretches.around(session, rows, checks)
        judged = [
            (row, known.settle(row, worst(verdict, flat.verdict(row.phenomenon_time))))
            for row, verdict in zip(rows, verdicts, strict=True)
            if not _is_forecast(job, row)
        ]
        changes = {
            row.key: (verdict.flag, verdict.said)
            for row, verdict in judged
            if (row.flag, row.flag_reason) != (verdict.flag, verdict.said)
        }
        if not job.dry_run:
            observations.reflag(session, changes, job.at, actor=job.actor)
            self._note(session, job, judged, kept)
        report = Report(
            seen=len(judged),
            changed=len(changes),
            before=Counter(_named(row.flag, named_test(row.flag_reason)) for row, _ in judged),
            after=Counter(_named(verdict.flag, verdict.test) for _, verdict in judged),
        )
        return report, seen

    def _note(
        self,
        session: Session,
        job: Job,
        judged: Sequence[tuple[ObservationRow, Verdict]],
        kept: Sequence[FindingRow],
    ) -> None:
        """Keep the findings that hold now and withdraw those that do not."""
        holds = {
            (row.phenomenon_time, verdict.test): finding(
                row.key, verdict, job.at, self.rules.digest
            )
            for row, verdict in judged
            if verdict.test in REPEATABLE and verdict.flag >= Flag.SUSPECT
        }
        for test in REPEATABLE:
            gone = [
                (job.datastream_id, item.start_at)
                for item in kept
                if item.test == test and (item.start_at, test) not in holds
            ]
            quality.withdraw(session, gone, (test,), job.at)
        quality.keep(session, holds.values())


def _is_forecast(job: Job, row: ObservationRow) -> bool:
    """Return whether a depth of rain was received before it fell: it is no measurement."""
    return job.key.endswith(f"/{RAIN}") and row.result_time < row.phenomenon_time


def _named(flag: int, test: str) -> str:
    if test == MANUAL:
        return MANUAL
    return UNFLAGGED.get(flag, test or "earlier")
