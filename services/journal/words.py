"""German words of the journal that are stored with its entries."""

from collections.abc import Iterable


def level_text(value: float | None, unit: str) -> str:
    """Return a level or flow with its unit, "" without one."""
    if value is None:
        return ""
    return f"{value:.{2 if unit == 'm' else 1}f} {unit}".replace(".", ",")


def listed(names: Iterable[str]) -> str:
    """Return names as a sentence lists them: "Mayen, Trimbs und Welling"."""
    found = list(names)
    return " und ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)
