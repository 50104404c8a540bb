"""What pages and the API may ask for, put together for the web process and for tools."""

from config import Settings
from services import container
from services.alarms.desk import AlarmDesk
from services.alarms.duties import Duties
from services.alarms.service import AlarmService
from services.api_views.lead_times import LeadTimeService
from services.api_views.observations import ObservationService
from services.api_views.terms import licences
from services.api_views.views import ApiViews
from services.archive.reachable import archive_fault
from services.build import build_id
from services.cache_policy import Remember, forget_at_once
from services.catalogue.contents import Contents
from services.catalogue.service import CatalogueService
from services.clock import wall_now
from services.devices.commissioning import CommissioningService
from services.devices.maintenance import MaintenanceLog
from services.devices.service import DeviceService
from services.flood.verification.shelf import VerificationShelf
from services.health.service import HealthService, Probe
from services.impacts.service import ImpactService
from services.indicators import IndicatorService, imported, population
from services.people.accounts import Accounts
from services.people.audit_view import AuditView
from services.people.sign_in import SignIn
from services.quality.overview import QualityOverview
from services.quality.past_hints import PastHints
from services.quality.service import QualityService
from services.runs import RunService
from services.sensorthings.service import SensorThingsService
from services.settlement import MobilityService, SettlementService
from services.site import SiteInfo
from services.situation.service import SituationService
from services.sources.service import SourceService
from services.tables.service import TableService
from services.tables.shelf import UploadShelf
from services.tables.uploads import UploadService
from services.warnings.service import WarningService
from wiring import Wired, wire
from wiring_rules import flagger_of, policy_of, rules_of

BROKER_PATIENCE_S = 2.0


def make_services(wired: Wired, remember: Remember = forget_at_once) -> container.Services:
    """Return what pages may ask for."""
    settings, region = wired.settings, wired.region
    situation = SituationService(
        wired.sessions, region, wired.clock, wired.reader, remember=remember
    )
    settlement = SettlementService(region, wired.boundaries)
    site = _site(wired)
    return container.Services(
        situation=situation,
        runs=RunService(wired.sessions, wired.cycles, settings.what_if_per_minute),
        learning=wired.learning,
        verification=VerificationShelf(wired.sessions, region, settings.region_path),
        settlement=settlement,
        mobility=MobilityService(region),
        health=HealthService(wired.sessions, region, wired.clock, wired.spool, make_probes(wired)),
        sources=SourceService(wired.sessions, region, wall_now, is_paused=not wired.polls_sources),
        site=site,
        catalogue=make_catalogue(wired, situation),
        quality=make_quality(wired),
        checks=QualityOverview(wired.sessions, rules_of(wired), wired.clock, region.timezone),
        devices=make_devices(wired),
        maintenance=make_maintenance(wired),
        commissioning=make_commissioning(wired),
        impacts=ImpactService(region),
        sign_in=SignIn(wired.sessions, region.timezone, settings.is_demo),
        accounts=Accounts(wired.sessions),
        audit=AuditView(wired.sessions),
        alarms=AlarmService(wired.sessions, region, wired.clock, policy_of(wired)),
        desk=AlarmDesk(wired.sessions, region, wired.clock),
        duties=Duties(wired.sessions, region.region_id, region.timezone),
        uploads=UploadService(make_tables(wired), UploadShelf(settings.uploads_dir)),
        api=ApiViews(
            observations=ObservationService(wired.sessions, region, wired.clock, wired.reader),
            lead_times=LeadTimeService(wired.sessions, region, wired.clock),
            warnings=WarningService(wired.sessions, region, situation, site),
            indicators=IndicatorService(
                (
                    population(settlement, licences(region)["municipalities"]),
                    imported(wired.sessions),
                )
            ),
            sensorthings=SensorThingsService(
                wired.sessions, wired.clock, licences(region)["series"], settings.is_demo
            ),
            licences=licences(region),
            public_url=settings.base_url,
            origin=settings.origin,
            per_minute=settings.api_per_minute,
            example_gauge=next(iter(sorted(region.connected)), ""),
        ),
    )


def make_tables(wired: Wired) -> TableService:
    """Return what imports tables."""
    return TableService(
        wired.sessions, wired.region, flagger_of(wired), measured_until=wired.clock.now
    )


def make_devices(wired: Wired) -> DeviceService:
    """Return what reads the devices of the region."""
    settings = wired.settings
    return DeviceService(
        wired.sessions, wired.region, wired.clock, settings.base_url, settings.is_demo
    )


def make_maintenance(wired: Wired) -> MaintenanceLog:
    """Return what writes the maintenance log."""
    return MaintenanceLog(wired.sessions, wired.region, wired.clock)


def make_commissioning(wired: Wired) -> CommissioningService:
    """Return what assigns devices to gauges."""
    return CommissioningService(
        wired.sessions, wired.region, wired.clock, wired.spool, wired.settings.is_demo
    )


def _site(wired: Wired) -> SiteInfo:
    settings, info = wired.settings, wired.region.pack.info
    return SiteInfo(
        title=f"Regionalcockpit {info.short_name}",
        region_name=info.name,
        operator=settings.operator,
        imprint=settings.imprint,
        privacy=settings.privacy,
        official_name=info.official_service_name,
        official_url=info.official_service_url,
        build=build_id(),
        is_demo=settings.is_demo,
    )


def make_probes(wired: Wired) -> tuple[Probe, ...]:
    """Return what must work for this installation beside its database."""
    folder = wired.settings.archive_path
    archive = Probe("archiv", lambda: archive_fault(wired.sessions, folder))
    return (archive, *broker_probes(wired.settings))


def broker_probes(settings: Settings) -> tuple[Probe, ...]:
    """Return the check of the queue's Redis where one is configured."""
    url = settings.broker_url.get_secret_value()
    if not url:
        return ()

    def ask() -> str:
        import redis  # noqa: PLC0415  # only where there is a broker

        client = redis.Redis.from_url(url, socket_timeout=BROKER_PATIENCE_S)
        try:
            client.ping()
        except redis.RedisError as error:
            return f"antwortet nicht: {type(error).__name__}"
        finally:
            client.close()  # type: ignore[no-untyped-call]
        return ""

    return (Probe("redis", ask),)


def make_catalogue(wired: Wired, situation: SituationService) -> CatalogueService:
    """Return the catalogue of the region and note what it publishes now."""
    made = CatalogueService(
        sessions=wired.sessions,
        region=wired.region,
        clock=wired.clock,
        contents=Contents(
            wired.sessions, wired.region, wired.clock, wired.boundaries, situation, wired.reader
        ),
        public_url=wired.settings.base_url,
        contributor_id=wired.settings.contributor_id,
        is_simulated=wired.settings.is_demo,
    )
    made.register()
    return made


def make_quality(wired: Wired) -> QualityService:
    """Return flags by hand and reprocessing."""
    rules = rules_of(wired)
    return QualityService(
        wired.sessions,
        rules,
        wired.clock,
        wall_now,
        PastHints(wired.sessions, wired.region, rules),
    )


def install_services(settings: Settings) -> Wired:
    """Build and install the services of the web process."""
    from caching import ProcessMemory  # noqa: PLC0415  # Flask's cache is for the web process only

    memory = ProcessMemory()
    wired = wire(settings, memory)
    container.install(make_services(wired, memory))
    return wired
