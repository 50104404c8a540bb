"""The job that compares gauges with each other and with the rain, each quarter of an hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import quality, things
from data.engine import writing
from data.quality import FindingRow
from services.clock import Clock
from services.flood.model import Flag
from services.jobs.model import Job
from services.quality.comparison import LOOK_BACK, WINDOW, Comparison, Readings, Said, key_of
from services.quality.finding import ACTOR
from services.quality.rules import Rules
from services.quality.verdict import HINTS
from services.region import Region

EVERY = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Hindsight:
    """Looks for gauges that contradict their neighbours, the rain or their own past."""

    sessions: sessionmaker[Session]
    region: Region
    rules: Rules
    clock: Clock

    def job(self) -> Job:
        """Return it as a recurring job."""
        return Job("pruefung", EVERY, self.run)

    def run(self) -> str:
        """Keep the hints of now and withdraw those that hold no longer; says how many are new."""
        now = self.clock.now()
        begin = now.replace(minute=0, second=0, microsecond=0) - WINDOW
        with self.sessions.begin() as session:
            writing(session)
            compared = Comparison(self.region, things.ids(session))
            hints = _hints(session, compared, now)
            for number in _numbers(compared):
                gone = [
                    (number, row.start_at)
                    for row in quality.standing(session, number, begin, now, HINTS)
                    if (number, row.test) not in hints
                ]
                quality.withdraw(session, gone, HINTS, now)
            rows = [
                FindingRow(
                    number, begin, now, test, Flag.SUSPECT, words, ACTOR, now, self.rules.digest
                )
                for (number, test), words in hints.items()
            ]
            quality.keep(session, rows)
        return f"{len(hints)} Hinweise aus dem Vergleich der Pegel" if hints else ""


def _hints(session: Session, compared: Comparison, now: datetime) -> Said:
    readings = Readings(session, now - LOOK_BACK, now)
    said: Said = {}
    for rows in compared.rivers():
        said |= compared.look(readings, rows, now) | compared.drifts(readings, rows, now)
    return {key: words for key, words in said.items() if words}


def _numbers(compared: Comparison) -> set[int]:
    rows = compared.region.heard.gauges
    return {compared.ids[key] for row in rows if (key := key_of(row)) in compared.ids}
