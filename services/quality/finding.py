"""A verdict about one value as it is kept."""

from datetime import datetime

from data.observation_rows import Key
from data.quality import FindingRow
from services.quality.verdict import Verdict

ACTOR = "qc"


def finding(key: Key, verdict: Verdict, at: datetime, digest: str) -> FindingRow:
    """Return a verdict about one observation as a finding."""
    number, start = key
    return FindingRow(
        number, start, start, verdict.test, verdict.flag, verdict.reason, ACTOR, at, digest
    )
