"""Sorting of tables: which head was clicked, and the rows in that order."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from components.table import Sorting

Item = TypeVar("Item")
Key = str | float | None


def next_sorting(current: Sorting, clicked: str) -> Sorting:
    """Sort by the clicked head: names upwards at first, a second click turns the order."""
    if clicked == current.key:
        return Sorting(current.table, clicked, descending=not current.descending)
    return Sorting(current.table, clicked, descending=clicked != "name")


def in_order(items: Sequence[Item], key: Callable[[Item], Key], *, descending: bool) -> list[Item]:
    """Return the items sorted; those without a value always last."""
    known = [item for item in items if key(item) is not None]
    unknown = [item for item in items if key(item) is None]

    def comparable(item: Item) -> tuple[float, str]:
        value = key(item)
        if isinstance(value, str):
            return (0.0, german_order(value))
        return (float(value or 0.0), "")

    return [*sorted(known, key=comparable, reverse=descending), *unknown]


def german_order(name: str) -> str:
    """Return a key that sorts umlauts beside their vowels."""
    folded = name.casefold()
    for umlaut, vowel in (("ä", "a"), ("ö", "o"), ("ü", "u"), ("ß", "ss")):
        folded = folded.replace(umlaut, vowel)
    return folded
