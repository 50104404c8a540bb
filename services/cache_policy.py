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
