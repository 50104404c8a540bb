"""Sources that send to us: their messages come out of the spool and become a harvest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from data.region_pack.sources import SourceEntry
from data.rejected import RejectedRow
from services.ingestion.fields import printable
from services.ingestion.model import Reason
from services.ingestion.ngsi_ld import mapping as ngsi_ld
from services.ingestion.ngsi_ld import source as ngsi_ld_source
from services.ingestion.ngsi_ld.parser import parse_notification
from services.ingestion.spooled import SpooledMessage
from services.ingestion.station_values import rejected
from services.quality.receipt import Flagger
from services.region import Region
from services.sources.errors import SourceFormatError, SourceUnavailableError
from services.sources.model import Answer, Harvest, Request, Visit
from services.sources.store import store_harvest

UNMAPPED = SourceEntry(
    id="ngsi-ld",
    kind=ngsi_ld_source.NAME,
    title="NGSI-LD",
    every_min=60,
    enabled=False,
    publisher="-",
    licence="-",
    agreement="missing",
)
"""Stands for the source of a notification that no source of the region covers."""


@dataclass(frozen=True, slots=True)
class PushedSources:
    """Reads and stores what was sent to one region."""

    region: Region
    flagger: Flagger

    def handles(self, source: str) -> bool:
        """Tell whether messages of a source are read here."""
        return source == ngsi_ld_source.NAME

    def read(self, message: SpooledMessage) -> Harvest:
        """Return what a message gave; what is wrong with it is a rejected message."""
        try:
            entry = self._entry(message)
            visit = self._visit(message, entry)
            if entry is UNMAPPED:
                reason = "Keine Quelle der Region nimmt diese Entitäten; sources.toml ergänzen."
                row = rejected(visit, "", Reason.UNKNOWN_DEVICE, reason, "")
                return Harvest(rejects=(_with_body(row, message),))
            return ngsi_ld.collect(visit, message.body)
        except SourceFormatError as error:
            visit = self._visit(message, UNMAPPED)
            row = rejected(visit, "", Reason.BAD_ENVELOPE, error.user_message, "")
            return Harvest(rejects=(_with_body(row, message),))

    def store(self, session: Session, harvests: Sequence[tuple[SpooledMessage, Harvest]]) -> int:
        """Store harvests in a transaction that is open."""
        return sum(
            store_harvest(
                session, self.region.region_id, harvest, self.flagger, message.received_at
            )
            for message, harvest in harvests
        )

    def _entry(self, message: SpooledMessage) -> SourceEntry:
        entities = parse_notification(message.body)
        own = [
            entry
            for entry in self.region.sources
            if entry.kind == ngsi_ld_source.NAME and entry.enabled
        ]
        for entry in own:
            if any(ngsi_ld.covers(entry, entity) for entity in entities):
                return entry
        return own[0] if own else UNMAPPED

    def _visit(self, message: SpooledMessage, entry: SourceEntry) -> Visit:
        return Visit(entry, self.region, message.received_at, _no_fetch, printable(message.origin))


def _with_body(row: RejectedRow, message: SpooledMessage) -> RejectedRow:
    return replace(row, body=message.body)


def _no_fetch(request: Request) -> Answer:
    raise SourceUnavailableError(f"{request.url}: diese Quelle sendet selbst")
