"""Words for a gauge or device that is out of service on purpose: since when, until when, why."""

from datetime import datetime

from components import formats
from services.planned_outages.model import WORD, Outage


def until_words(outage: Outage, now: datetime) -> str:
    """Write the end: "bis heute 18:00"."""
    return f"bis {formats.moment(outage.until_at, now)}"


def outage_words(outage: Outage, now: datetime) -> str:
    """Write what stands where "meldet nicht" would: since, until, reason."""
    since = formats.moment(outage.start_at, now)
    return f"{WORD} seit {since}, {until_words(outage, now)}: {outage.reason}"
