"""German words and shares of quality flags on /daten/pruefung."""

from collections.abc import Mapping

from components import formats
from components.finding_words import FLAGS
from services.flood.model import Flag

TOLD = (Flag.GOOD, Flag.SUSPECT, Flag.FAIL, Flag.MISSING, Flag.NOT_EVALUATED)


def share(counts: Mapping[int, int], flag: int) -> str:
    """Write the share of a flag, "–" where there are no values."""
    total = sum(counts.values())
    if not total:
        return formats.MISSING
    return f"{formats.number(100.0 * counts.get(flag, 0) / total, 1)}{formats.NBSP}%"


def shares(counts: Mapping[int, int]) -> str:
    """Write the share of every flag that occurs."""
    if not counts:
        return "keine Werte"
    return ", ".join(f"{share(counts, flag)} {FLAGS[flag][1]}" for flag in TOLD if counts.get(flag))
