"""How long a gauge has said nothing: a finding about the silence, from the last value on.

A silence is kept when it is over: it says later why there is a gap. Thresholds are those of the
engine, so that the finding and the state of the gauge never contradict each other.
"""

from collections.abc import Iterable
from datetime import datetime

from data.quality import FindingRow
from data.things import StoredStream
from services.flood.constants import MISSING_AGE_MIN, SECONDS_PER_MIN, SUSPECT_AGE_MIN
from services.flood.model import Flag
from services.quality.finding import ACTOR
from services.quality.verdict import STALE


def silences(streams: Iterable[StoredStream], now: datetime, digest: str) -> list[FindingRow]:
    """Return a finding for each datastream whose newest value is too old at `now`."""
    found = []
    for stream in streams:
        if stream.newest_at is None:
            continue
        age_min = (now - stream.newest_at).total_seconds() / SECONDS_PER_MIN
        if age_min <= SUSPECT_AGE_MIN:
            continue
        flag = Flag.MISSING if age_min > MISSING_AGE_MIN else Flag.SUSPECT
        words = f"{_span(age_min)} kein neuer Wert"
        found.append(
            FindingRow(
                stream.datastream_id, stream.newest_at, now, STALE, flag, words, ACTOR, now, digest
            )
        )
    return found


def _span(minutes: float) -> str:
    """Write a duration: "35 Minuten", "5 Stunden", "3 Tage"."""
    hours = minutes / 60.0
    if hours < 2.0:  # noqa: PLR2004  # below, minutes read better
        return f"{minutes:.0f} Minuten"
    return f"{hours:.0f} Stunden" if hours < 48.0 else f"{hours / 24.0:.0f} Tage"  # noqa: PLR2004
