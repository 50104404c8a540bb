"""What comes late for a month that was deleted: its rollups stay, and a finding says so.

Of such an hour only the late values are left. Its rollup is computed from them where it never knew
others: when there is none yet, or when it is what some of the late values give by themselves.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from data import archives, quality, rollups
from data.archives import VersionRow
from data.models import HourlyRollup
from data.observation_rows import Key
from data.quality import FindingRow
from data.rollups import RollupRow
from services.archive.reading import held
from services.flood.model import Flag
from services.quality.finding import ACTOR
from services.quality.verdict import LATE
from services.series.summary import summarise

LAST = rollups.HOUR - timedelta(microseconds=1)
REASON = "kam, nachdem der Monat gelöscht war; Stunden- und Tageswerte bleiben ohne diesen Wert"


def late_hours(session: Session, number: int, hours: Sequence[datetime]) -> list[datetime]:
    """Return the hours of a datastream whose rollup must stay although values came for them."""
    gone = archives.deleted(session, number, hours[0], hours[-1] + LAST)
    return [
        hour
        for hour in hours
        if any(row.first_at <= hour <= row.last_at for row in gone)
        and _knew_more(session, number, hour)
    ]


def note(session: Session, hours: Iterable[Key], now: datetime) -> None:
    """Keep a finding for each hour with values that its rollup leaves out."""
    quality.keep(
        session,
        [
            FindingRow(number, at, at + LAST, LATE, Flag.NOT_EVALUATED, REASON, ACTOR, now)
            for number, at in hours
        ],
    )


def _knew_more(session: Session, number: int, hour: datetime) -> bool:
    """Tell whether the stored rollup of an hour holds values that are deleted."""
    stored = rollups.stored(session, HourlyRollup, number, hour, hour + rollups.HOUR)
    if not stored:
        return False
    versions = archives.versions(session, number, hour, hour + rollups.HOUR)
    instants = {row.result_time for row in versions}
    return all(_known_at(number, hour, versions, then) != stored[0] for then in instants)


def _known_at(
    number: int, hour: datetime, versions: Sequence[VersionRow], then: datetime
) -> RollupRow | None:
    known = held(row for row in versions if row.result_time <= then)
    return summarise(number, hour, [(row.phenomenon_time, row.value, row.flag) for row in known])
