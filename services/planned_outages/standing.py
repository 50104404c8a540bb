"""Which gauges and devices are out of service on purpose now; a device goes with its gauge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from data import planned_outages
from services.alarms import scope
from services.clock import Clock
from services.planned_outages.model import Kind, Outage, outage_of
from services.region import Region


@dataclass(frozen=True, slots=True)
class Standing:
    """The outages that hold now, by gauge and by device."""

    gauges: Mapping[str, Outage] = field(default_factory=dict)
    devices: Mapping[str, Outage] = field(default_factory=dict)


def standing(session: Session, region: Region, clock: Clock, now: datetime) -> Standing:
    """Return what is out of service at an instant of a clock."""
    names = {row.gauge_id: row.name for row in region.pack.gauges}
    rows = planned_outages.active(session, region.region_id, scope.of(clock), now)
    gauges: dict[str, Outage] = {}
    devices: dict[str, Outage] = {}
    for row in rows:  # of several the one that ends last holds
        if row.kind == Kind.GAUGE:
            gauges[row.subject] = outage_of(row, names.get(row.subject, row.subject))
        else:
            devices[row.subject] = outage_of(row, row.subject)
    for sensor in region.sensors:
        if sensor.gauge_id in gauges:
            devices.setdefault(sensor.dev_eui, gauges[sensor.gauge_id])
    return Standing(gauges, devices)
