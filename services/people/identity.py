"""The identity of the present request or process; who has not signed in is the public."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token

from services.people.errors import NotAllowedError, NotSignedInError, UncheckedError
from services.people.model import PUBLIC, RIGHT_WORDS, Identity, Right

_current: ContextVar[Identity] = ContextVar("identity", default=PUBLIC)


def current() -> Identity:
    """Return who acts now."""
    return _current.get()


def begin(identity: Identity) -> Token[Identity]:
    """Set who acts, for the rest of this request; give the token to `end`."""
    return _current.set(identity)


def end(token: Token[Identity]) -> None:
    """Go back to who acted before."""
    _current.reset(token)


@contextmanager
def acting(identity: Identity) -> Iterator[Identity]:
    """Act as somebody for a stretch of work."""
    token = begin(identity)
    try:
        yield identity
    finally:
        end(token)


def may(right: Right) -> bool:
    """Tell whether who acts now has a right."""
    return right in current().rights


def require(right: Right) -> Identity:
    """Return who acts now, if that is allowed.

    Raises
    ------
    UncheckedError
        When somebody may have signed in, and the store does not answer.
    NotSignedInError
        When nobody has signed in and the public has no such right.
    NotAllowedError
        When the account has no such right.
    """
    who = current()
    if right in who.rights:
        return who
    if who.is_unchecked:
        raise UncheckedError(right.value)
    if not who.is_signed_in:
        raise NotSignedInError(right.value)
    raise NotAllowedError(
        right.value,
        user_message=f"Ihr Konto darf das nicht: {RIGHT_WORDS[right]}.",
    )
