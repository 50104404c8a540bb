"""From what was heard to what became of an attempt."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests

from services.notifications.model import Outcome, Result
from services.notifications.observer import Heard

HTTP_FAULT = 400
REFUSING_HTTP = frozenset({400, 410, 422})
"""What says that this address or message is wrong; a wrong key or a fault may be mended in time."""
REFUSING_SMTP = frozenset({550, 551, 553, 554, 556})
"""Mailbox unknown or not accepted (RFC 5321, 4.2.3); a full one or a failed login may pass."""


def verdict(*, is_sent: bool, heard: Heard, said: str, now: datetime) -> Result:
    """Return the result of an attempt; `said` is the last warning of the library."""
    if is_sent:
        return Result(Outcome.ACCEPTED, _proof(heard))
    if (fault := heard.smtp_fault) is not None:
        kind = Outcome.REFUSED if fault[0] in REFUSING_SMTP else Outcome.TEMPORARY
        return Result(kind, f"SMTP {fault[0]}: {fault[1]}")
    wrong = [answer for answer in heard.http if answer[0] >= HTTP_FAULT]
    return _of_http(*wrong[-1], now) if wrong else _of_faults(heard, said)


def _of_http(status: int, retry_after: str, body: str, now: datetime) -> Result:
    kind = Outcome.REFUSED if status in REFUSING_HTTP else Outcome.TEMPORARY
    return Result(kind, f"HTTP {status}: {body}", seconds_of(retry_after, now))


def _of_faults(heard: Heard, said: str) -> Result:
    if any(_may_have_arrived(fault) for fault in heard.faults):
        return Result(Outcome.TIMEOUT, "keine Antwort, nachdem die Meldung übergeben war")
    if heard.faults:
        return Result(Outcome.TEMPORARY, f"keine Verbindung: {type(heard.faults[-1]).__name__}")
    return Result(Outcome.TEMPORARY, said or "nicht angenommen, ohne Begründung")


def seconds_of(retry_after: str, now: datetime) -> float | None:
    """Return the seconds of a `Retry-After`, a number or a date (RFC 9110, 10.2.3)."""
    if not retry_after:
        return None
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:6])
    try:
        at = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    aware = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return max((aware - now).total_seconds(), 0.0)


def _proof(heard: Heard) -> str:
    if heard.smtp_proof:
        return f"SMTP 250: {heard.smtp_proof}"
    if heard.http:
        status, _retry_after, body = heard.http[-1]
        return f"HTTP {status}: {body}"
    return "vom Broker angenommen"


def _may_have_arrived(fault: BaseException) -> bool:
    """Tell whether the request had left when it failed."""
    if isinstance(fault, requests.ConnectTimeout):
        return False
    if isinstance(fault, requests.ConnectionError):
        return "RemoteDisconnected" in repr(fault) or "reset by peer" in repr(fault)
    return isinstance(fault, requests.Timeout | TimeoutError)
