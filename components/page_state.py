"""State of a page in its URL: frozen, allow-listed; rubbish becomes the default."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class PageState:
    """Base of the URL states: the fields are the allow-list of query keys, all of them text."""

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> Self:
        """Take the known keys of a query and drop all others."""
        known = {field.name for field in fields(cls)}
        return cls(**{key: value for key, value in query.items() if key in known})

    def as_query(self) -> str:
        """Write the state as query text without what is default: "?fluss=nette" or ""."""
        default = asdict(type(self)())
        chosen = {key: value for key, value in asdict(self).items() if value != default[key]}
        return f"?{urlencode(chosen)}" if chosen else ""

    def as_request(self) -> dict[str, str]:
        """Return the state as plain data for a store."""
        return asdict(self)

    def keep(self, name: str, allowed: frozenset[str] | tuple[str, ...], default: str) -> None:
        """Replace a value that is not allowed by its default."""
        value = getattr(self, name)
        if not isinstance(value, str) or value not in allowed:
            object.__setattr__(self, name, default)


def clean_slug(value: object, max_length: int) -> str:
    """Return a short id from a query, or "" when it is anything else."""
    is_text = isinstance(value, str) and 0 < len(value) <= max_length
    is_plain = is_text and all(letter.isalnum() or letter in "-_" for letter in str(value))
    return str(value) if is_plain else ""
