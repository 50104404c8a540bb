"""The web process's memory for values that many visitors ask for at once, after the policy."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from flask_caching.backends.simplecache import SimpleCache

from services.cache_policy import POLICY, Value

ENTRIES = 200


class AsItIs:
    """Keeps values as they are: all are frozen, and a copy of a situation costs milliseconds."""

    def dumps(self, value: object, _protocol: int = 0) -> object:
        """Return the value itself; there is no pickle whose protocol could matter."""
        return value

    def loads(self, kept: object) -> object:
        """Return the value itself."""
        return kept


class KeptCache(SimpleCache):
    """A cache in memory that copies nothing."""

    serializer = AsItIs()  # type: ignore[assignment]  # typed as its own pickler


@dataclass(frozen=True, slots=True)
class ProcessMemory:
    """Remembers values in this process; each gunicorn worker has its own, so nothing is shared."""

    backend: SimpleCache = field(default_factory=lambda: KeptCache(threshold=ENTRIES))

    def __call__(self, name: str, key: str, compute: Callable[[], Value], /) -> Value:
        """Return the remembered value of `name` and `key`, computing it when its time is over."""
        place = f"{name}/{key}"
        found = self.backend.get(place)
        if found is not None:
            return cast(Value, found)
        made = compute()
        self.backend.set(place, made, timeout=POLICY[name].seconds)
        return made
