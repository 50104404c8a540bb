"""What may be cached, and for how long: one table with the product rule beside each lifetime."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How many seconds a value may be shown again, and the rule that allows it."""

    seconds: int
    rule: str


POLICY: Mapping[str, Lifetime] = {
    "situation.snapshot": Lifetime(
        1, "Nothing shown as now is older than one second more than its run and readings."
    ),
    "situation.version": Lifetime(
        1, "A poll may learn of a new run one second late; screens show it within five."
    ),
    "alarms.version": Lifetime(1, "As that of the situation."),
    "journal.version": Lifetime(1, "As that of the situation."),
    "page.drawn": Lifetime(
        5, "One drawing for all screens of a version; ages in it go on counting in the browser."
    ),
    "wall.view": Lifetime(
        1, "All walls that ask within a second see one reading; a new run or alarm is a new key."
    ),
    "sources.version": Lifetime(
        1, "A new warning or radar picture is on all walls with their next poll."
    ),
    "duty_note.version": Lifetime(
        1, "A new text of the duty officer is on all screens with their next poll."
    ),
    "boundaries.outline": Lifetime(60, "As the boundaries that it is made of."),
    "boundaries.current": Lifetime(
        60, "An imported boundary appears within a minute; boundaries change once a year."
    ),
}


class Remember(Protocol):
    """Gives a remembered value, or computes and remembers it for the lifetime of its name."""

    def __call__(self, name: str, key: str, compute: Callable[[], Value], /) -> Value:
        """Return the value of `name` for `key`."""


def forget_at_once(_name: str, _key: str, compute: Callable[[], Value], /) -> Value:
    """Compute every time: for workers, tools and tests."""
    return compute()
