"""All tables: importing this package registers every one of them."""

from data.models.alarms import Alarm, AlarmLogEntry, RotaEntry
from data.models.archive import Archive
from data.models.base import Base
from data.models.catalogue import CatalogueEntry
from data.models.devices import (
    CommissionedSensor,
    DeviceDay,
    DeviceMark,
    DeviceNote,
    GatewayReception,
)
from data.models.indicators import Indicator, IndicatorValue
from data.models.ingestion import RejectedMessage, UplinkReceipt
from data.models.learning import CelerityPosterior, LagRecord
from data.models.observations import Datastream, Latest, Observation, ObservationRevision, Thing
from data.models.operation import AuditEntry, Boundary, Lease, Replay, SourceState
from data.models.people import Person, PersonSession, RecoveryCode, SignInLock
from data.models.quality import QualityFlag
from data.models.rollups import DailyRollup, DirtyHour, HourlyRollup
from data.models.runs import GaugeState, Run, VillageState
from data.models.sources import CapAlert, SourcePoll
from data.models.timetable import GtfsFeed, GtfsSupply, GtfsTrip

__all__ = [
    "Alarm",
    "AlarmLogEntry",
    "Archive",
    "AuditEntry",
    "Base",
    "Boundary",
    "CapAlert",
    "CatalogueEntry",
    "CelerityPosterior",
    "CommissionedSensor",
    "DailyRollup",
    "Datastream",
    "DeviceDay",
    "DeviceMark",
    "DeviceNote",
    "DirtyHour",
    "GatewayReception",
    "GaugeState",
    "GtfsFeed",
    "GtfsSupply",
    "GtfsTrip",
    "HourlyRollup",
    "Indicator",
    "IndicatorValue",
    "LagRecord",
    "Latest",
    "Lease",
    "Observation",
    "ObservationRevision",
    "Person",
    "PersonSession",
    "QualityFlag",
    "RecoveryCode",
    "RejectedMessage",
    "Replay",
    "RotaEntry",
    "Run",
    "SignInLock",
    "SourcePoll",
    "SourceState",
    "Thing",
    "UplinkReceipt",
    "VillageState",
]
