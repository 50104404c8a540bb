"""Passwords: Argon2id, and what is too weak.

Parameters: 19 MiB, two passes (OWASP Password Storage Cheat Sheet): some 20 ms of one core.
Length and guessability are judged, not mixtures of signs (NIST SP 800-63B, 5.1.1.2).
"""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # ships no types

from services.people.errors import AccountError

SHORTEST, LONGEST = 12, 128
"""Characters; the longest keeps a request from costing seconds."""
LEAST_SCORE = 3
"""Of 4: "safely unguessable, moderate protection from an offline attack" (zxcvbn)."""
JUDGED = 72
"""So many characters are judged: beyond, guessing only becomes harder."""
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _hasher.hash("nobody has this password")


def hashed(password: str, *known: str) -> str:
    """Return the hash of a new password; `known` are words that anybody would try for the account.

    Raises
    ------
    AccountError
        When it is too short, too long or easily guessed.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        words = f"Das Passwort braucht {SHORTEST} bis {LONGEST} Zeichen."
        raise AccountError(user_message=words)
    inputs = [word for text in known for word in (text, *text.split()) if word]
    if zxcvbn(password[:JUDGED], user_inputs=inputs)["score"] < LEAST_SCORE:
        words = "Das Passwort ist leicht zu erraten. Gut sind vier oder mehr zufällige Wörter."
        raise AccountError(user_message=words)
    return _hasher.hash(password)


def matches(password: str, known_hash: str) -> bool:
    """Tell whether a password is right; an account without one takes as long and never matches."""
    if len(password) > LONGEST:
        return False
    try:
        _hasher.verify(known_hash or _NOBODY, password)
        return bool(known_hash)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False


def is_outdated(known_hash: str) -> bool:
    """Tell whether a hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(known_hash)


def rehashed(password: str) -> str:
    """Return a hash with today's parameters of a password that was right just now."""
    return _hasher.hash(password)
