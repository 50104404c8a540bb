"""The audit log as the administration reads it; it shows and checks, nothing writes here."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data import audit
from services.people.identity import require
from services.people.model import Right
from services.reading import Reading
from services.typed_text import one_line

SHOWN = 100
FILTER_MAX = 80


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry of the log; `action` is its key, not yet German."""

    audit_id: int
    at: datetime
    actor: str
    action: str
    target: str


@dataclass(frozen=True, slots=True)
class ChainView:
    """What a check of the chain of hashes found.

    `unsealed` entries are older than the chain; `broken_at` is the first entry that was changed,
    removed before or put in, None where all fit.
    """

    entries: int
    unsealed: int
    head: str
    broken_at: int | None


@dataclass(frozen=True, slots=True)
class AuditView:
    """Reads the log for who may administer."""

    sessions: sessionmaker[Session]

    def newest(self, person: str = "") -> tuple[EntryView, ...]:
        """Return the newest 100 entries, of a person if named (part of a name or of a login)."""
        require(Right.ADMINISTER)
        with Reading(self.sessions) as session:
            rows = audit.newest(session, SHOWN, person=one_line(person, FILTER_MAX))
        return tuple(
            EntryView(row.audit_id, row.at, row.actor, row.action, row.target) for row in rows
        )

    def verify(self) -> ChainView:
        """Walk the whole chain of hashes."""
        require(Right.ADMINISTER)
        with Reading(self.sessions) as session:
            found = audit.verify(session)
        return ChainView(found.entries, found.unsealed, found.head, found.broken_at)
