"""The report of a shift: what the next one must know, as it is stored with its entry."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Handover:
    """What was at the beginning and is at the end, what is open and who has it, what to watch.

    Each line is a sentence for people; the lists are empty where there is nothing. `duty_note` are
    the words of the duty officer, `situation` what people entered as Lage; both are None in reports
    that were signed before reports had them.
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
    duty_note: str | None = None
    situation: tuple[str, ...] | None = None

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

    @property
    def parts(self) -> tuple[tuple[str, tuple[str, ...], str], ...]:
        """Return the report in its order: heading, lines, and what stands where there are none."""
        note = None if self.duty_note is None else _line(self.duty_note)
        found = (
            ("Lage zu Beginn", (self.at_start,), ""),
            ("Lage am Ende", (self.at_end,), ""),
            ("Lagetext", note, "Keiner gilt oder galt in dieser Schicht."),
            ("Offene Alarme", self.alarms, "Keiner."),
            ("Offene Maßnahmen", self.measures, "Keine."),
            ("Lagemeldungen dieser Schicht", self.situation, "Keine eingetragen."),
            ("Entscheidungen dieser Schicht", self.decisions, "Keine eingetragen."),
            ("Stille Pegel", self.silent, "Alle angebundenen Pegel melden."),
            ("Hinweise für die nächste Schicht", _line(self.hints), "Keine."),
        )
        return tuple((name, lines, none) for name, lines, none in found if lines is not None)

    @classmethod
    def of(cls, details: Mapping[str, Any]) -> "Handover":
        """Return the report that was stored."""
        stored = {"duty_note": None, "situation": None, **details}
        found = {field.name: stored[field.name] for field in fields(cls)}
        for name in ("start", "end"):
            found[name] = datetime.fromisoformat(found[name])
        for name in ("alarms", "measures", "decisions", "silent"):
            found[name] = tuple(found[name])
        if found["situation"] is not None:
            found["situation"] = tuple(found["situation"])
        return cls(**found)


def _line(words: str) -> tuple[str, ...]:
    return (words,) if words else ()
