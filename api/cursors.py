"""Opaque cursors: where the next page begins, checked when they come back."""

import base64
import binascii

from services.errors import BadParameterError


def cursor_of(text: str) -> str:
    """Return a cursor that stands for a text."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def text_of_cursor(cursor: str) -> str:
    """Return what a cursor stands for, "" for none.

    Raises
    ------
    BadParameterError
        When it is none of ours.
    """
    padded = cursor + "=" * (-len(cursor) % 4)
    try:
        return base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError) as error:
        words = "cursor stammt nicht von dieser Schnittstelle. Bitte ohne cursor beginnen."
        raise BadParameterError(user_message=words) from error
