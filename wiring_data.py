"""The data space put together: tables, devices, catalogue, quality."""

from services.catalogue.contents import Contents
from services.catalogue.service import CatalogueService
from services.clock import wall_now
from services.devices.commissioning import CommissioningService
from services.devices.maintenance import MaintenanceLog
from services.devices.service import DeviceService
from services.quality.past_hints import PastHints
from services.quality.service import QualityService
from services.situation.service import SituationService
from services.tables.service import TableService
from services.thresholds.in_effect import ThresholdBook
from wiring import Wired
from wiring_rules import flagger_of, rules_of


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


def make_catalogue(wired: Wired, situation: SituationService) -> CatalogueService:
    """Return the catalogue of the region and note what it publishes now."""
    made = CatalogueService(
        sessions=wired.sessions,
        region=wired.region,
        clock=wired.clock,
        contents=Contents(
            wired.sessions,
            wired.region,
            wired.clock,
            wired.boundaries,
            situation,
            wired.reader,
            ThresholdBook(wired.region).held,
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
