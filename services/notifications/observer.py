"""Hears what gateways answer: Apprise tells only whether it believes that all went well.

Runs in the courier process only. It wraps the two doors that the allowed channels leave through,
`requests` and `smtplib`, and changes nothing of what passes.
"""

import math
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests

BODY_MOST = 160
SMTP_OK = 250
"""Reply to the end of the data: the server has taken the message (RFC 5321, 4.2)."""
SMTP_FAULT = 400
TOO_MANY = 429
LONGEST_MS = 86_400_000
"""A day (estimate): who asks for more is not understood."""
MS_PER_S = 1000


@dataclass(slots=True)
class Heard:
    """What was answered during one attempt, in order."""

    http: list[tuple[int, str, str]] = field(default_factory=list)
    """Status, `Retry-After`, beginning of the body."""
    smtp: list[tuple[int, str]] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)

    @property
    def smtp_fault(self) -> tuple[int, str] | None:
        """Return the first reply that refuses."""
        return next((reply for reply in self.smtp if reply[0] >= SMTP_FAULT), None)

    @property
    def smtp_proof(self) -> str:
        """Return what the server said when it took the message."""
        taken = [text for code, text in self.smtp if code == SMTP_OK]
        return taken[-1] if taken else ""


@contextmanager
def listening() -> Iterator[Heard]:
    """Keep what is answered while the block runs."""
    heard = Heard()
    send, getreply = requests.Session.send, smtplib.SMTP.getreply
    requests.Session.send = _hearing_http(send, heard)  # type: ignore[method-assign]
    smtplib.SMTP.getreply = _hearing_smtp(getreply, heard)  # type: ignore[method-assign]
    try:
        yield heard
    finally:
        requests.Session.send = send  # type: ignore[method-assign]
        smtplib.SMTP.getreply = getreply  # type: ignore[method-assign]


def _hearing_http(send: Callable[..., Any], heard: Heard) -> Callable[..., Any]:
    def sent(*given: Any, **named: Any) -> Any:  # noqa: ANN401  # as requests has it
        try:
            answer = send(*given, **named)
        except requests.RequestException as error:
            heard.faults.append(error)
            raise
        retry_after = str(answer.headers.get("Retry-After", "")) or _named_in_body(answer)
        heard.http.append((answer.status_code, retry_after, answer.text[:BODY_MOST]))
        return answer

    return sent


def _named_in_body(answer: requests.Response) -> str:
    """Return the seconds that Matrix names in the body of a 429 (client-server API, 3.2)."""
    if answer.status_code != TOO_MANY:
        return ""
    try:
        named = answer.json().get("retry_after_ms")
    except (ValueError, AttributeError):
        return ""
    is_number = isinstance(named, int | float) and not isinstance(named, bool)
    if not is_number or not 0 < named < LONGEST_MS:
        return ""
    return str(math.ceil(named / MS_PER_S))


def _hearing_smtp(getreply: Callable[..., Any], heard: Heard) -> Callable[..., Any]:
    def replied(*given: Any) -> Any:  # noqa: ANN401  # as smtplib has it
        try:
            code, text = getreply(*given)
        except OSError as error:
            heard.faults.append(error)
            raise
        heard.smtp.append((code, text.decode("utf-8", "replace")))
        return code, text

    return replied
