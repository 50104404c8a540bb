"""What a draft of a public warning is made of, as it is edited, stored and shown."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from services.typed_text import all_paragraphs
from services.warnings.model import CapReference

ALERT, UPDATE, CANCEL = "Alert", "Update", "Cancel"
DRAFT, EXERCISE = "Draft", "Exercise"


@dataclass(frozen=True, slots=True)
class AreaText:
    """An area: its name, a point or a closed polygon (lat, lon; WGS 84), codes by kind."""

    name: str
    polygon: tuple[tuple[float, float], ...] = ()
    point: tuple[float, float] | None = None
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DraftText:
    """What a person says in a warning; severity, urgency and certainty are values of CAP."""

    headline: str
    description: str
    instruction: str
    severity: str
    urgency: str
    certainty: str
    response: str
    hours: float
    onset_at: datetime | None
    areas: tuple[AreaText, ...]
    run_id: str = ""

    def readable(self) -> "DraftText":
        """Return the text without signs that nobody sees."""
        return replace(
            self,
            headline=" ".join(all_paragraphs(self.headline).split()),
            description=all_paragraphs(self.description),
            instruction=all_paragraphs(self.instruction),
            areas=tuple(replace(area, name=all_paragraphs(area.name)) for area in self.areas),
        )

    def content(self) -> dict[str, Any]:
        """Return the text as JSON."""
        found = asdict(self)
        found["onset_at"] = self.onset_at.isoformat() if self.onset_at else None
        found["areas"] = [_plain(asdict(area)) for area in self.areas]
        return found

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "DraftText":
        """Return the text that was stored."""
        onset = content["onset_at"]
        return cls(
            **{
                **content,
                "onset_at": datetime.fromisoformat(onset) if onset else None,
                "areas": tuple(_area(row) for row in content["areas"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """One message; `refers_to` are all earlier messages of the chain that had not expired."""

    key: CapReference
    status: str
    msg_type: str
    refers_to: tuple[CapReference, ...]
    expires_at: datetime
    text: DraftText


@dataclass(frozen=True, slots=True)
class DraftView:
    """A stored message as the page lists it."""

    identifier: str
    chain: str
    sent_at: datetime
    status: str
    msg_type: str
    expires_at: datetime
    headline: str
    author: str
    text: DraftText
    xml: str
    is_open: bool
    """It is the newest of its chain and no Cancel: it may be updated or ended."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the present situation suggests for some places, and the places to choose from."""

    text: DraftText
    names: tuple[str, ...] = field(default=())


def _area(row: Mapping[str, Any]) -> AreaText:
    return AreaText(
        name=row["name"],
        polygon=tuple((lat, lon) for lat, lon in row["polygon"]),
        point=tuple(row["point"]) if row["point"] else None,
        codes=tuple((name, value) for name, value in row["codes"]),
    )


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: [list(item) for item in value]
        if isinstance(value, Sequence) and key in {"polygon", "codes"}
        else (list(value) if key == "point" and value else value)
        for key, value in row.items()
    }
