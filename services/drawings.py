"""Drawings that many screens ask for at once: made once a version, then shared."""

from collections.abc import Callable
from dataclasses import dataclass

from services.cache_policy import Remember, Value, forget_at_once


@dataclass(frozen=True, slots=True)
class Drawings:
    """Remembers what pages have drawn; whoever uses it never changes what it returns."""

    remember: Remember = forget_at_once

    def once(self, page: str, version: str, draw: Callable[[], Value]) -> Value:
        """Return the drawing of a page; `version` names everything that it depends on."""
        return self.remember("page.drawn", f"{page}/{version}", draw)
