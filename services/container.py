"""The one service slot of a process: the composition root fills it once, pages read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.alarm_plan.room import AlarmPlanRoom
    from services.alarms.desk import AlarmDesk
    from services.alarms.duties import Duties
    from services.alarms.service import AlarmService
    from services.api_views.views import ApiViews
    from services.catalogue.service import CatalogueService
    from services.devices.commissioning import CommissioningService
    from services.devices.maintenance import MaintenanceLog
    from services.devices.service import DeviceService
    from services.drawings import Drawings
    from services.drills.room import DrillRoom
    from services.duty_note.service import DutyNotes
    from services.flood.learning.service import LearningService
    from services.flood.verification.shelf import VerificationShelf
    from services.gauge_context.service import GaugeContextService
    from services.gauge_events.service import GaugeEventService
    from services.health.service import HealthService
    from services.impacts.desk import ImpactDesk
    from services.impacts.service import ImpactService
    from services.journal.room import JournalRoom
    from services.night.room import NightRoom
    from services.notifications.overview import Notifications
    from services.notifications.recipients import Recipients
    from services.objects_at_risk.service import ObjectService
    from services.people.accounts import Accounts
    from services.people.audit_view import AuditView
    from services.people.oidc.sign_in import ExternalSignIn
    from services.people.sign_in import SignIn
    from services.quality.overview import QualityOverview
    from services.quality.service import QualityService
    from services.runs import RunService
    from services.settlement import MobilityService, SettlementService
    from services.site import SiteInfo
    from services.situation.service import SituationService
    from services.sources.service import SourceService
    from services.subscriptions.service import SubscriptionService
    from services.tables.uploads import UploadService
    from services.thresholds.desk import ThresholdDesk
    from services.thresholds.service import ThresholdService
    from services.wall.service import WallService
    from services.warnings.composer import WarningComposer
    from services.warnings.draft_desk import WarningDesk


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a page may ask for."""

    situation: SituationService
    runs: RunService
    learning: LearningService
    verification: VerificationShelf
    settlement: SettlementService
    mobility: MobilityService
    health: HealthService
    sources: SourceService
    site: SiteInfo
    catalogue: CatalogueService
    quality: QualityService
    checks: QualityOverview
    devices: DeviceService
    maintenance: MaintenanceLog
    commissioning: CommissioningService
    api: ApiViews
    uploads: UploadService
    impacts: ImpactService
    impact_desk: ImpactDesk
    objects: ObjectService
    gauge_context: GaugeContextService
    gauge_events: GaugeEventService
    sign_in: SignIn
    accounts: Accounts
    audit: AuditView
    alarms: AlarmService
    desk: AlarmDesk
    duties: Duties
    wall: WallService
    notes: DutyNotes
    drawings: Drawings
    thresholds: ThresholdService
    threshold_desk: ThresholdDesk
    composer: WarningComposer
    warning_desk: WarningDesk
    journal: JournalRoom
    alarm_plan: AlarmPlanRoom
    notifications: Notifications
    recipients: Recipients
    drills: DrillRoom
    subscriptions: SubscriptionService
    night: NightRoom
    external: ExternalSignIn | None = None
    """Signing in through an identity provider, where one is configured."""


_slot: list[Services] = []


def install(made: Services) -> None:
    """Fill the slot; called by a composition root before the first request."""
    _slot[:] = [made]


def services() -> Services:
    """Return the process's services.

    Raises
    ------
    RuntimeError
        When no composition root has installed them: a bug, not a user's failure.
    """
    if not _slot:
        raise RuntimeError("services are not installed: start through app.create_app()")
    return _slot[0]
