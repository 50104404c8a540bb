"""A number as devices and codecs write it: 1234, "29.92 °C", "3,5 m", {"value": 1, "unit": "m"}.

In a text the point is the decimal point and the comma the decimal comma. Thousands separators count
only where they cannot be anything else ("1.234,5", "1,234.5", "1.234.567"). A single comma with
three digits behind it ("1,234 mm") can be read both ways, a factor of 1000 apart: that is refused.
"""

import math
import re
from dataclasses import dataclass

MAX_TEXT = 64
_TEXT = re.compile(
    r"(?P<sign>[+-]?)(?P<body>[0-9][0-9.,]*|[.,][0-9]+)(?P<exponent>[eE][+-]?[0-9]{1,3})?"
    r"\s*(?P<unit>[^0-9\s.,+-][^0-9]{0,11}[0-9]?[^0-9]{0,4})?"
)
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_GROUPS = {
    ",": re.compile(r"[0-9]{1,3}(,[0-9]{3})+"),
    ".": re.compile(r"[0-9]{1,3}(\.[0-9]{3})+"),
}


class QuantityError(ValueError):
    """A value is no usable number; the text is a German sentence."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A finite number and the unit that came with it, if any."""

    value: float
    unit: str | None = None


def parse_quantity(value: object) -> Quantity:
    """Return the quantity in a JSON value; raises QuantityError with the reason."""
    if isinstance(value, dict) and "value" in value:
        inner = parse_quantity_of_scalar(value["value"])
        unit = value.get("unit")
        return Quantity(inner.value, inner.unit or (unit if isinstance(unit, str) else None))
    return parse_quantity_of_scalar(value)


def parse_quantity_of_scalar(value: object) -> Quantity:
    """Return the quantity in a number or text."""
    if isinstance(value, bool):
        raise QuantityError("Wert ist ja/nein statt einer Zahl.")
    if isinstance(value, str):
        return _from_text(value)
    if not isinstance(value, int | float):
        raise QuantityError("Wert ist keine Zahl.")
    try:
        return Quantity(_finite(float(value)))
    except OverflowError:
        raise QuantityError("Zahl ist zu groß.") from None


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise QuantityError("Wert ist keine endliche Zahl.")
    return value


def _from_text(text: str) -> Quantity:
    cleaned = text.strip().replace("−", "-")
    found = _TEXT.fullmatch(cleaned) if len(cleaned) <= MAX_TEXT else None
    if found is None:
        raise QuantityError("Text ist keine Zahl mit Einheit.")
    digits = _plain(found["body"])
    number = float(f"{found['sign']}{digits}{found['exponent'] or ''}")
    unit = (found["unit"] or "").strip()
    return Quantity(_finite(number), unit or None)


def _plain(body: str) -> str:
    """Return digits with a decimal point only."""
    if _AMBIGUOUS.fullmatch(body):
        raise QuantityError("Komma ist mehrdeutig (Dezimal- oder Tausendertrennzeichen).")
    decimal = max(",.", key=body.rfind)
    other = "." if decimal == "," else ","
    if body.count(decimal) > 1:
        return _ungrouped(body, decimal)
    whole, _, fraction = body.partition(decimal)
    if other in whole:
        whole = _ungrouped(whole, other)
    return f"{whole or '0'}.{fraction or '0'}"


def _ungrouped(body: str, separator: str) -> str:
    if not _GROUPS[separator].fullmatch(body):
        raise QuantityError("Trennzeichen in der Zahl sind nicht zu deuten.")
    return body.replace(separator, "")
