"""How a data set is cited: words with an as-of time, and the query that gives the same again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from services.catalogue.model import DatasetView
from services.catalogue.request import DEFAULT_DAYS

SETTLED = timedelta(minutes=10)
"""Only what was received so long ago is cited (estimate): a message that waits in the spool keeps
its time of receipt and would otherwise slip under an as-of time that was already printed."""


def cite_query(view: DatasetView, now: datetime) -> str:
    """Return the parameters that bring back the same values; a table has no versions."""
    if view.row.holds != "series":
        return ""
    as_of = (now - SETTLED).replace(microsecond=0)
    asked: Mapping[str, str] = {
        "start": (as_of - timedelta(days=DEFAULT_DAYS)).isoformat(),
        "end": as_of.isoformat(),
        "as_of": as_of.isoformat(),
    }
    return urlencode(asked)


def cite_text(
    view: DatasetView, publisher: str, address: str, now: datetime, timezone: ZoneInfo
) -> str:
    """Return the words of a citation."""
    moment = now - SETTLED if view.row.holds == "series" else view.newest_at or now
    stand = f"{moment.astimezone(timezone):%d.%m.%Y, %H:%M} Uhr"
    if view.row.holds not in {"series", "lead-times"}:
        stand = f"{moment:%d.%m.%Y}"
    return (
        f"{view.provider}: {view.row.title}. Bereitgestellt von {publisher}, Stand {stand}."
        f" {view.row.attribution}. Lizenz: {view.licence.words}. {address}"
    )
