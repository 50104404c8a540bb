"""What notification is made of: kinds of messages, outcomes of attempts, channels."""

from dataclasses import dataclass
from enum import StrEnum

READY = "bereit"
"""First line of a courier: it has loaded and takes tasks."""


class Kind(StrEnum):
    """Why somebody is told something."""

    CALL = "call"
    END = "end"
    CLEAR = "clear"
    TEST = "test"
    BEAT = "beat"
    MAIL = "mail"


TOLD = (Kind.CALL, Kind.END, Kind.CLEAR, Kind.TEST)
"""Kinds that people look for; a heartbeat is none of them."""


class Outcome(StrEnum):
    """How a hand-over to a gateway ended. TIMEOUT and UNKNOWN may have been delivered."""

    STARTED = "started"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    TEMPORARY = "temporary"
    TIMEOUT = "timeout"
    UNKNOWN = "unknown"


UNCERTAIN = frozenset({Outcome.TIMEOUT, Outcome.UNKNOWN})
"""After one of these the next attempt may be a repetition, and says so."""


class Form(StrEnum):
    """What a channel carries: a short text alone, or a subject with a long one."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Result:
    """What an attempt gave: the provider's answer is the proof, or says what is wrong."""

    outcome: Outcome
    answer: str = ""
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to reach people; `url` is a template of Apprise with `{address}`, and secret."""

    key: str
    name: str
    form: Form
    url: str
    timeout_s: float
    parallel: int

    def __repr__(self) -> str:
        """Name the channel without its address and secrets."""
        return f"Channel({self.key})"


@dataclass(frozen=True, slots=True)
class Text:
    """A message as it reads in both forms."""

    subject: str
    body: str
    short: str
