"""What a visit to the page on learning holds: rows decided on it, and what was refused last."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Refused:
    """A decision that was refused: at which row, in which words."""

    lag: str = ""
    place: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """Rows that keep their place, a count that rises with each decision, the last refusal."""

    ids: tuple[str, ...] = ()
    count: int = 0
    refused: Refused = field(default_factory=Refused)

    @classmethod
    def of(cls, data: dict[str, Any] | None) -> "Visit":
        """Read what `as_data` wrote; nothing is a new visit."""
        if not data:
            return cls()
        return cls(tuple(data["ids"]), int(data["count"]), Refused(**data["refused"]))

    def as_data(self) -> dict[str, Any]:
        """Return it as plain values for a store."""
        return asdict(self)

    def deciding(self, lag_id: str) -> "Visit":
        """Return the visit after a decision; a named row keeps its place among the proposals."""
        kept = (*self.ids, lag_id) if lag_id and lag_id not in self.ids else self.ids
        return Visit(kept, self.count + 1)

    def refusing(self, refused: Refused) -> "Visit":
        """Return the visit after a refusal."""
        return replace(self, count=self.count + 1, refused=refused)
