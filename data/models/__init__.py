"""All tables: importing this package registers every one of them."""

from data.models.alarm_plan import PlanMeasure, PlanStage
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
from data.models.drills import Drill, DrillInjection
from data.models.impacts import ImpactVersion
from data.models.indicators import Indicator, IndicatorValue
from data.models.ingestion import RejectedMessage, UplinkReceipt
from data.models.journal import JournalEntry, JournalPhoto
from data.models.learning import CelerityPosterior, LagRecord
from data.models.night import AllClear, ManualReading, PlannedOutage
from data.models.notifications import (
    Delivery,
    DeliveryAttempt,
    DrillMessage,
    Heartbeat,
    OutboxMessage,
    Recipient,
)
from data.models.observations import Datastream, Latest, Observation, ObservationRevision, Thing
from data.models.operation import AuditEntry, Boundary, Lease, Replay, SourceState
from data.models.people import KnownBrowser, Person, PersonSession, RecoveryCode, SignInLock
from data.models.quality import QualityFlag
from data.models.rollups import DailyRollup, DirtyHour, HourlyRollup
from data.models.room import DutyNote, RainPicture
from data.models.runs import GaugeState, Run, VillageState
from data.models.sources import CapAlert, SourcePoll
from data.models.subscriptions import Subscription, SubscriptionRequest, SubscriptionToken
from data.models.thresholds import ThresholdChange
from data.models.timetable import GtfsFeed, GtfsSupply, GtfsTrip
from data.models.warning_drafts import WarningDraft

__all__ = [
    "Alarm",
    "AlarmLogEntry",
    "AllClear",
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
    "Delivery",
    "DeliveryAttempt",
    "DeviceDay",
    "DeviceMark",
    "DeviceNote",
    "DirtyHour",
    "Drill",
    "DrillInjection",
    "DrillMessage",
    "DutyNote",
    "GatewayReception",
    "GaugeState",
    "GtfsFeed",
    "GtfsSupply",
    "GtfsTrip",
    "Heartbeat",
    "HourlyRollup",
    "ImpactVersion",
    "Indicator",
    "IndicatorValue",
    "JournalEntry",
    "JournalPhoto",
    "KnownBrowser",
    "LagRecord",
    "Latest",
    "Lease",
    "ManualReading",
    "Observation",
    "ObservationRevision",
    "OutboxMessage",
    "Person",
    "PersonSession",
    "PlanMeasure",
    "PlanStage",
    "PlannedOutage",
    "QualityFlag",
    "RainPicture",
    "Recipient",
    "RecoveryCode",
    "RejectedMessage",
    "Replay",
    "RotaEntry",
    "Run",
    "SignInLock",
    "SourcePoll",
    "SourceState",
    "Subscription",
    "SubscriptionRequest",
    "SubscriptionToken",
    "Thing",
    "ThresholdChange",
    "UplinkReceipt",
    "VillageState",
    "WarningDraft",
]
