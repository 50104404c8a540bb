"""The one service slot of a process: the composition root fills it once, pages read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.alarms.desk import AlarmDesk
    from services.alarms.duties import Duties
    from services.alarms.service import AlarmService
    from services.api_views.views import ApiViews
    from services.catalogue.service import CatalogueService
    from services.devices.commissioning import CommissioningService
    from services.devices.maintenance import MaintenanceLog
    from services.devices.service import DeviceService
    from services.flood.learning.service import LearningService
    from services.flood.verification.shelf import VerificationShelf
    from services.health.service import HealthService
    from services.impacts.service import ImpactService
    from services.people.accounts import Accounts
    from services.people.audit_view import AuditView
    from services.people.sign_in import SignIn
    from services.quality.overview import QualityOverview
    from services.quality.service import QualityService
    from services.runs import RunService
    from services.settlement import MobilityService, SettlementService
    from services.site import SiteInfo
    from services.situation.service import SituationService
    from services.sources.service import SourceService
    from services.tables.uploads import UploadService


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
    sign_in: SignIn
    accounts: Accounts
    audit: AuditView
    alarms: AlarmService
    desk: AlarmDesk
    duties: Duties


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
