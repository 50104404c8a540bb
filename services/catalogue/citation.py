"""How a data set is cited: words with an as-of time, and the query that gives the same again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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
        "start": _written(as_of - timedelta(days=DEFAULT_DAYS)),
        "end": _written(as_of),
        "as_of": _written(as_of),
    }
    return urlencode(asked, safe=":")


def _written(at: datetime) -> str:
    """Write an instant without signs that an address must hide."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


@dataclass(frozen=True, slots=True)
class Words:
    """What every citation names beside the data set: publisher, address, local time."""

    publisher: str
    address: str
    timezone: ZoneInfo

    def moment(self, at: datetime) -> str:
        """Write an as-of time."""
        return f"{at.astimezone(self.timezone):%d.%m.%Y, %H:%M} Uhr"

    def text(self, view: DatasetView, as_of: datetime, note: str = "") -> str:
        """Return the words of a citation; a table is as old as its pack says.

        `note` says that the values are simulated, if they are.
        """
        day = view.row.updated
        stand = self.moment(as_of) if day is None else f"{day:%d.%m.%Y}"
        about = f"{view.row.title}. {note}".rstrip()
        return (
            f"{view.provider}: {about} Bereitgestellt von {self.publisher}, Stand"
            f" {stand}. {view.row.attribution}. Lizenz: {view.licence.words}. {self.address}"
        )
