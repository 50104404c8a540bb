"""Decimal point or comma of a table: chosen, or automatic where there is one reading only."""

import re

from services.ingestion.quantity import QuantityError

AUTOMATIC, COMMA, POINT = "", ",", "."
SIGNS = (AUTOMATIC, COMMA, POINT)
AMBIGUOUS = re.compile(r"[+−-]?[1-9][0-9]{0,2}[.,][0-9]{3}(?![0-9.,]).*")
"""A factor of 1000 lies between the two readings of "30.132", so it is never guessed."""
GROUPED = {
    COMMA: re.compile(r"[^0-9]*[0-9]{1,3}(\.[0-9]{3})+(?![0-9.]).*"),
    POINT: re.compile(r"[^0-9]*[0-9]{1,3}(,[0-9]{3})+(?![0-9,]).*"),
}


def written_with(text: str, decimal: str) -> str:
    """Return a number with a decimal point and without thousands, as `decimal` says.

    Raises
    ------
    QuantityError
        When it can be read two ways, or does not fit the chosen sign.
    """
    if decimal == AUTOMATIC:
        if AMBIGUOUS.fullmatch(text):
            raise QuantityError("Punkt oder Komma ist mehrdeutig, bitte Dezimalzeichen angeben.")
        return text
    thousands = POINT if decimal == COMMA else COMMA
    if thousands in text and not GROUPED[decimal].fullmatch(text):
        raise QuantityError("Die Zahl passt nicht zum gewählten Dezimalzeichen.")
    if text.count(decimal) > 1:
        raise QuantityError("Die Zahl hat mehr als ein Dezimalzeichen.")
    return text.replace(thousands, "").replace(decimal, POINT)
