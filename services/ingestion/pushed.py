"""Messages in the spool that are no uplinks: what the writer needs of those who read them."""

import logging
from collections.abc import Iterable, Sequence
from typing import Protocol

from sqlalchemy.orm import Session

from services.ingestion.intake import Prepared, refused, refused_on_receipt
from services.ingestion.model import Reason
from services.ingestion.spooled import SpooledMessage
from services.sources.model import Harvest

logger = logging.getLogger(__name__)


class Pushed(Protocol):
    """Reads and stores what sources send us by themselves."""

    def handles(self, source: str) -> bool:
        """Tell whether messages of a source are read here."""

    def read(self, message: SpooledMessage) -> Harvest:
        """Return what a message gave."""

    def store(self, session: Session, found: Sequence[tuple[SpooledMessage, Harvest]]) -> int:
        """Store harvests and return how many observations changed."""


def prepare_pushed(message: SpooledMessage, pushed: Pushed) -> Prepared:
    """Read a message; a bug in there costs this message only, which is kept."""
    if message.full_size is not None or message.refusal:
        return refused_on_receipt(message)
    try:
        return Prepared(message, harvest=pushed.read(message))
    except Exception:
        logger.exception("Eine Nachricht von %s ließ sich nicht verarbeiten", message.source)
        return refused(message, Reason.INTERNAL, "Interner Fehler beim Verarbeiten.")


def harvests(prepared: Iterable[Prepared]) -> list[tuple[SpooledMessage, Harvest]]:
    """Return the harvests among prepared messages, in their order."""
    return [(item.message, item.harvest) for item in prepared if item.harvest is not None]
