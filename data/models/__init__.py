"""All tables: importing this package registers every one of them."""

from data.models.base import Base
from data.models.catalogue import CatalogueEntry
from data.models.ingestion import RejectedMessage, UplinkReceipt
from data.models.learning import CelerityPosterior, LagRecord
from data.models.observations import Datastream, Latest, Observation, ObservationRevision, Thing
from data.models.operation import AuditEntry, Boundary, Lease, Replay, SourceState
from data.models.runs import GaugeState, Run, VillageState

__all__ = [
    "AuditEntry",
    "Base",
    "Boundary",
    "CatalogueEntry",
    "CelerityPosterior",
    "Datastream",
    "GaugeState",
    "LagRecord",
    "Latest",
    "Lease",
    "Observation",
    "ObservationRevision",
    "RejectedMessage",
    "Replay",
    "Run",
    "SourceState",
    "Thing",
    "UplinkReceipt",
    "VillageState",
]
