"""The report of a shift: what the next one must know, as it is stored with its entry."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Handover:
    """What was at the beginning and is at the end, what is open and who has it, what to watch.

    Each line is a sentence for people; the lists are empty where there is nothing.
    """

    start: datetime
    end: datetime
    at_start: str
    at_end: str
    alarms: tuple[str, ...]
    measures: tuple[str, ...]
    decisions: tuple[str, ...]
    silent: tuple[str, ...]
    hints: str

    @property
    def summary(self) -> str:
        """Return the sentence of the entry."""
        hints = f" Hinweise: {self.hints}" if self.hints else ""
        return (
            f"Übergabebericht: {self.at_end}. {len(self.alarms)} offene Alarme,"
            f" {len(self.measures)} offene Maßnahmen, {len(self.silent)} stille Pegel.{hints}"
        )

    def as_details(self) -> dict[str, Any]:
        """Return the report as plain data."""
        found = asdict(self)
        return {**found, "start": self.start.isoformat(), "end": self.end.isoformat()}

    @classmethod
    def of(cls, details: Mapping[str, Any]) -> "Handover":
        """Return the report that was stored."""
        found = {field.name: details[field.name] for field in fields(cls)}
        for name in ("start", "end"):
            found[name] = datetime.fromisoformat(found[name])
        for name in ("alarms", "measures", "decisions", "silent"):
            found[name] = tuple(found[name])
        return cls(**found)
