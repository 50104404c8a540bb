"""What a change of thresholds would have done in past events, as it is stored and shown."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from data.region_pack.columns import Level

SIMULATED, MEASURED = "simulated", "measured"


@dataclass(frozen=True, slots=True)
class Crossing:
    """When a level was reached with the old and the new value; None: never."""

    level: str
    before_at: datetime | None
    after_at: datetime | None

    @property
    def earlier_min(self) -> float | None:
        """Return by how many minutes the new value is reached earlier, None unless both are."""
        if self.before_at is None or self.after_at is None:
            return None
        return (self.before_at - self.after_at).total_seconds() / 60.0


@dataclass(frozen=True, slots=True)
class EventEffect:
    """One past event. `flooded` None: nobody has noted whether anything was flooded.

    `flood_at` is when the first place below was flooded, as far as it is known.
    """

    title: str
    kind: str
    began_at: datetime
    flooded: bool | None
    flood_at: datetime | None
    crossings: tuple[Crossing, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """All past events with what the change would have done; `measured_from` bounds the search."""

    computed_at: datetime
    before: Mapping[Level, float]
    after: Mapping[Level, float]
    events: tuple[EventEffect, ...]
    measured_from: datetime
    measured_values: int

    def content(self) -> dict[str, Any]:
        """Return the effect as JSON."""
        found: dict[str, Any] = _plain(asdict(self))
        return found

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "Effect":
        """Return the effect that was stored."""
        return cls(
            computed_at=datetime.fromisoformat(content["computed_at"]),
            before=content["before"],
            after=content["after"],
            events=tuple(_event(row) for row in content["events"]),
            measured_from=datetime.fromisoformat(content["measured_from"]),
            measured_values=content["measured_values"],
        )


def _event(row: Mapping[str, Any]) -> EventEffect:
    return EventEffect(
        title=row["title"],
        kind=row["kind"],
        began_at=datetime.fromisoformat(row["began_at"]),
        flooded=row["flooded"],
        flood_at=_at(row["flood_at"]),
        crossings=tuple(
            Crossing(item["level"], _at(item["before_at"]), _at(item["after_at"]))
            for item in row["crossings"]
        ),
    )


def _at(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _plain(value: Any) -> Any:  # noqa: ANN401  # JSON
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
