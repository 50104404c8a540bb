"""The region a process works for: its pack, named events, and the engine's network of it."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from data.region_pack.alarms import AlarmFile, load_alarms
from data.region_pack.datasets import DatasetFile, load_datasets
from data.region_pack.faults import Fault, RegionPackError
from data.region_pack.isolation import load_isolating
from data.region_pack.model import RegionPack
from data.region_pack.quality import QualityFile, load_quality
from data.region_pack.scenarios import Scenario, load_scenarios, scenario_faults
from data.region_pack.sensor_rows import SensorRow
from data.region_pack.sources import SourceEntry, load_sources
from services.flood.flood_network import FloodNetwork
from services.flood.network import build_network
from services.simulation.payloads import ENCODERS
from services.sources.kinds import source_faults

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Region:
    """A loaded region; `sensors` are those that may speak in this mode of operation.

    `below_gauges` are the places (place, river) that have a gauge above, connected or not.
    """

    pack: RegionPack
    scenarios: Mapping[str, Scenario]
    sensors: tuple[SensorRow, ...]
    network: FloodNetwork
    below_gauges: frozenset[tuple[str, str]]
    timezone: ZoneInfo
    heard: RegionPack
    """The pack with those gauges only that a sensor speaks for."""
    sources: tuple[SourceEntry, ...] = ()
    """Where data is fetched or taken from, beside the sensors."""
    catalogue: DatasetFile | None = None
    """What the region publishes; None without a file of data sets."""
    quality: QualityFile | None = None
    """Where the limits of the quality tests differ from those of the product."""
    alarms: AlarmFile | None = None
    """Where rules and chains of alarms differ from those of the product."""

    @property
    def region_id(self) -> str:
        """Return the id of the region."""
        return self.pack.info.id

    @property
    def connected(self) -> frozenset[str]:
        """Return the gauges that a sensor is assigned to."""
        return frozenset(
            row.gauge_id for row in self.sensors if row.observed_property in {"stage", "discharge"}
        )


def open_region(directory: Path, *, simulated: bool) -> Region:
    """Load the region pack of a folder for the simulation or for real operation.

    A river with a fault of its own is left out and named, the others go on.

    Raises
    ------
    RegionPackError
        With every fault of the folder, when one of them belongs to no river.
    """
    pack = load_isolating(directory)
    scenarios = load_scenarios(directory)
    sources = load_sources(directory)
    catalogue = load_datasets(directory)
    quality = load_quality(directory)
    alarms = load_alarms(directory)
    faults = [*_simulation_faults(pack.sensors), *source_faults(sources)]
    if not pack.isolated:  # an event may name what was left out
        faults += scenario_faults(pack, scenarios)
    if faults:
        raise RegionPackError(str(directory), faults)
    for river_id, why in sorted(pack.isolated.items()):
        LOG.error("Das Gewässer %s ist ausgenommen: %s", river_id, why)
    sensors = tuple(row for row in pack.sensors if row.simulated == simulated)
    heard = _heard_by(pack, sensors)
    return Region(
        pack=pack,
        scenarios=scenarios,
        sensors=sensors,
        network=build_network(heard),
        below_gauges=frozenset(
            (row.place_id, row.river_id)
            for row in build_network(pack).villages
            if row.paths or row.river_id in pack.isolated
        ),
        timezone=ZoneInfo(pack.info.timezone),
        heard=heard,
        sources=sources,
        catalogue=catalogue,
        quality=quality,
        alarms=alarms,
    )


def with_sensors(region: Region, found: Sequence[SensorRow]) -> Region:
    """Return the region with further sensors that speak in this mode of operation."""
    if not found:
        return region
    sensors = (*region.sensors, *found)
    heard = _heard_by(region.pack, sensors)
    return replace(region, sensors=sensors, heard=heard, network=build_network(heard))


def _heard_by(pack: RegionPack, sensors: Sequence[SensorRow]) -> RegionPack:
    """Return the pack with those gauges only that a sensor speaks for."""
    speaking = {row.gauge_id for row in sensors}
    return replace(
        pack,
        gauges=tuple(row for row in pack.gauges if row.gauge_id in speaking),
        pairs=tuple(row for row in pack.pairs if row.gauge_id in speaking),
        thresholds=tuple(row for row in pack.thresholds if row.gauge_id in speaking),
    )


def _simulation_faults(sensors: tuple[SensorRow, ...]) -> Iterator[Fault]:
    for line, row in enumerate(sensors, start=2):  # the header is line 1
        is_spoken = row.simulated and row.observed_property == "stage" and row.decoder
        if is_spoken and row.decoder not in ENCODERS:
            possible = ", ".join(ENCODERS)
            reason = f"„{row.decoder}“ lässt sich nicht simulieren, möglich sind {possible}"
            yield Fault("sensors.csv", line, "decoder", reason)
