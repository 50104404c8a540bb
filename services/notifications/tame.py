"""Takes from the library what it would do on its own: wait, ask again, make what is missing.

Runs in the courier process only, and is the one place that knows the inside of its plugins. Whether
and when something is tried again is decided by `retry`, where it is stored.
"""

from typing import Any

MATRIX = "matrix"


def tame(target: Any) -> None:  # noqa: ANN401  # the library has no types of its own
    """Let a target do exactly what it was asked, at once and once."""
    target.throttle = _go_on
    target.default_retries = 1
    if target.protocol == MATRIX:
        _tame_matrix(target)


def _tame_matrix(target: Any) -> None:  # noqa: ANN401  # as above
    """Send into rooms that are there, as who is there.

    A mistyped alias would make a new room, into which alarms go that nobody reads; a wrong password
    would register an account. Encryption needs keys that outlive a process; without them each
    message would be of a new device and could not be read.
    """
    target.e2ee = False
    target._room_create = _nothing  # noqa: SLF001  # there is no setting for it
    target._register = _nothing  # noqa: SLF001  # as above


def _go_on(*_given: object, **_named: object) -> None:
    """Wait for nothing: a courier sends one message at a time."""


def _nothing(*_given: object, **_named: object) -> None:
    """Make nothing, and say that there is nothing."""
