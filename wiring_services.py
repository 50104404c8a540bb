"""What pages and the API may ask for, put together for the web process and for tools."""

from config import Settings
from services import container
from services.alarms.desk import AlarmDesk
from services.alarms.duties import Duties
from services.alarms.service import AlarmService
from services.all_clear.given import GivenClears
from services.api_views.lead_times import LeadTimeService
from services.api_views.observations import ObservationService
from services.api_views.terms import licences
from services.api_views.views import ApiViews
from services.build import build_id
from services.cache_policy import Remember, forget_at_once
from services.clock import wall_now
from services.drawings import Drawings
from services.duty_note.service import DutyNotes
from services.flood.verification.shelf import VerificationShelf
from services.gauge_context.service import GaugeContextService
from services.gauge_events.service import GaugeEventService
from services.health.service import HealthService
from services.impacts.desk import ImpactDesk
from services.impacts.listing import ImpactListing
from services.impacts.service import ImpactService
from services.indicators import IndicatorService, imported, population
from services.objects_at_risk.service import ObjectService
from services.people.accounts import Accounts
from services.people.audit_view import AuditView
from services.people.sign_in import SignIn
from services.quality.overview import QualityOverview
from services.rain_pictures.service import RainPictures
from services.runs import RunService
from services.sensorthings.service import SensorThingsService
from services.settlement import MobilityService, SettlementService
from services.site import SiteInfo
from services.situation.service import SituationService
from services.sources.service import SourceService
from services.tables.shelf import UploadShelf
from services.tables.uploads import UploadService
from services.thresholds.desk import ThresholdDesk
from services.thresholds.in_effect import ThresholdBook
from services.thresholds.service import ThresholdService
from services.wall.service import WallService
from services.warnings.composer import WarningComposer
from services.warnings.draft_desk import WarningDesk
from services.warnings.service import WarningService
from wiring import Wired, wire
from wiring_data import (
    make_catalogue,
    make_commissioning,
    make_devices,
    make_maintenance,
    make_quality,
    make_tables,
)
from wiring_drills import make_drills
from wiring_external import make_external
from wiring_night import make_night
from wiring_notify import make_notifications, make_recipients
from wiring_probes import make_probes
from wiring_room import make_alarm_plan, make_journal
from wiring_rules import policy_of, rules_of
from wiring_subscribe import make_subscriptions


def make_services(wired: Wired, remember: Remember = forget_at_once) -> container.Services:
    """Return what pages may ask for."""
    settings, region = wired.settings, wired.region
    situation = SituationService(
        wired.sessions, region, wired.clock, wired.reader, remember=remember,
        thresholds=ThresholdBook(region).held,
    )  # fmt: skip
    settlement = SettlementService(region, wired.boundaries)
    site = _site(wired)
    alarms = AlarmService(wired.sessions, region, wired.clock, policy_of(wired), remember)
    sources = SourceService(
        wired.sessions, region, wall_now, is_paused=not wired.polls_sources, remember=remember
    )
    notes = DutyNotes(wired.sessions, region, wired.clock, remember=remember)
    sign_in = SignIn(wired.sessions, region.timezone, has_open_doors(settings))
    warnings = WarningService(wired.sessions, region, situation, site)
    impacts = ImpactListing(wired.sessions, region)
    plan = make_alarm_plan(wired, situation)
    journal = make_journal(wired, alarms, plan, notes, remember)
    wall = WallService(
        situation=situation,
        alarms=alarms,
        notes=notes,
        rain=RainPictures(wired.sessions, region, wired.clock),
        sources=sources,
        boundaries=wired.boundaries,
        plan=plan.reading,
        journal=journal.reading,
        clears=GivenClears(wired.sessions, region, wired.clock),
        remember=remember,
    )
    return container.Services(
        situation=situation,
        runs=RunService(wired.sessions, wired.cycles, settings.what_if_per_minute),
        learning=wired.learning,
        verification=VerificationShelf(wired.sessions, region, settings.region_path),
        settlement=settlement,
        mobility=MobilityService(region),
        health=HealthService(wired.sessions, region, wired.clock, wired.spool, make_probes(wired)),
        sources=sources,
        site=site,
        catalogue=make_catalogue(wired, situation),
        quality=make_quality(wired),
        checks=QualityOverview(wired.sessions, rules_of(wired), wired.clock, region.timezone),
        devices=make_devices(wired),
        maintenance=make_maintenance(wired),
        commissioning=make_commissioning(wired),
        impacts=ImpactService(region, impacts),
        impact_desk=ImpactDesk(wired.sessions, region),
        objects=ObjectService(region),
        gauge_context=GaugeContextService(wired.sessions, region, wired.clock, impacts),
        gauge_events=GaugeEventService(wired.sessions, region, wired.clock, wired.reader),
        sign_in=sign_in,
        external=make_external(wired, sign_in),
        accounts=Accounts(wired.sessions),
        audit=AuditView(wired.sessions),
        alarms=alarms,
        notes=notes,
        drawings=Drawings(remember),
        wall=wall,
        desk=AlarmDesk(wired.sessions, region, wired.clock),
        journal=journal,
        alarm_plan=plan,
        duties=Duties(wired.sessions, region.region_id, region.timezone),
        thresholds=ThresholdService(wired.sessions, region),
        threshold_desk=ThresholdDesk(wired.sessions, region, wired.clock, wired.reader),
        composer=WarningComposer(region, warnings),
        warning_desk=WarningDesk(wired.sessions, region, wired.clock, site),
        notifications=make_notifications(wired),
        recipients=make_recipients(wired),
        drills=make_drills(wired),
        subscriptions=make_subscriptions(wired),
        night=make_night(wired, situation, wall),
        uploads=UploadService(make_tables(wired), UploadShelf(settings.uploads_dir)),
        api=ApiViews(
            observations=ObservationService(wired.sessions, region, wired.clock, wired.reader),
            lead_times=LeadTimeService(wired.sessions, region, wired.clock),
            warnings=warnings,
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


def has_open_doors(settings: Settings) -> bool:
    """Tell whether one may enter without an account: nothing is real, and nobody has accounts."""
    return settings.is_demo and (settings.drill_open or not settings.drill)


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
        is_drill=settings.drill,
    )


def install_services(settings: Settings) -> Wired:
    """Build and install the services of the web process."""
    from caching import ProcessMemory  # noqa: PLC0415  # Flask's cache is for the web process only

    memory = ProcessMemory()
    wired = wire(settings, memory)
    container.install(make_services(wired, memory))
    return wired
