"""One flood cycle: all gauges, then all villages river by river; a fault stays in its river.

Pure: the same network, readings, previous results, instant and seed give the same result; no clock
is read. Readings should reach back so far that a crossing still on its way is seen (48 hours).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import groupby
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo

import numpy as np

from services.flood.arrivals import village_arrivals
from services.flood.constants import MEMBERS
from services.flood.flat_line import with_flat_flags
from services.flood.flood_network import FloodNetwork
from services.flood.gauge_result import gauge_result, mute_result
from services.flood.gauge_status import Draws, GaugeStatus, assess_gauge
from services.flood.joint import forecast_system
from services.flood.model import (
    CycleResult,
    GaugeResult,
    Series,
    Village,
    VillageResult,
    WhatIf,
)
from services.flood.outlooks import Outlooks, VillageArrivals
from services.flood.rain.informed import with_rain_courses
from services.flood.rain.overlay import own_memory, with_rain
from services.flood.rain.rain_path import RainOutlooks, rain_outlooks
from services.flood.rain.series import GaugeRain, RainSeries, is_fresh
from services.flood.version import MODEL_VERSION
from services.flood.village_status import assess_village
from services.flood.wording import Clock

DEFAULT_TIMEZONE = "Europe/Berlin"

Progress = Callable[[str, int, int], None]
"""Called before each river with its id, its number from 0 and the number of rivers."""

PreviousResults = Mapping[tuple[str, str], VillageResult]
"""Results of the last cycle by (place_id, river_id)."""

_FAULTS = (ArithmeticError, ValueError, LookupError)
_EMPTY = Series(np.empty(0), np.empty(0), np.empty(0, dtype=np.int8))


class CycleOptions(TypedDict, total=False):
    """Options of a cycle; each has a default."""

    members: int
    seed: int
    timezone: str
    overrides: Mapping[str, WhatIf]
    on_river: Progress
    rain: Mapping[str, RainSeries]
    gauge_rain: Mapping[str, GaugeRain]


def run_cycle(
    network: FloodNetwork,
    series: Mapping[str, Series],
    previous: PreviousResults,
    now: datetime,
    **options: Unpack[CycleOptions],
) -> CycleResult:
    """Return the state of all gauges and villages at `now`.

    Parameters
    ----------
    network
        Gauges and villages of a region.
    series
        Readings by gauge id; a gauge without an entry is silent.
    previous
        Village results of the last cycle, the memory of the hysteresis.
    now
        The cycle's clock, aware.
    options
        `members` (1000), `seed` (0), `timezone` ("Europe/Berlin") for the sentences, `overrides`
        with assumed courses by gauge id, `on_river` for progress, `rain` on the rivers' catchments
        by river id; without fresh rain the result is that of the gauges.

    Returns
    -------
    CycleResult
        Gauges by id and villages by river in flow order; `faults` names what had to be left out.
    """
    clock = Clock(now, ZoneInfo(options.get("timezone", DEFAULT_TIMEZONE)))
    draws = Draws(options.get("members", MEMBERS), options.get("seed", 0))
    faults = [
        f"Das Gewässer {river_id} ist ausgenommen: {why}"
        for river_id, why in sorted(network.isolated.items())
    ]
    statuses, gauges, broken = _gauges(network, series, options, (clock, draws), faults)
    routed = _route(network, statuses, (clock, draws), faults)
    villages = _villages(
        network, (statuses, broken, routed), previous, (clock, options.get("on_river")), faults
    )
    rain = options.get("rain", {})
    heard = _rain(network, rain, (clock, draws), faults)
    villages = _with_rain(network, villages, heard, previous, clock)
    return CycleResult(
        now,
        MODEL_VERSION,
        network.config_hash,
        gauges,
        villages,
        tuple(faults),
        network.posterior_version,
        any(is_fresh(item, clock.now.timestamp()) for item in rain.values()),
    )


def _rain(
    network: FloodNetwork,
    rain: Mapping[str, RainSeries],
    setting: tuple[Clock, Draws],
    faults: list[str],
) -> RainOutlooks:
    """Return what the rain says of the villages; where the rain path fails the gauges go on."""
    clock, draws = setting
    if network.rain is None or network.celerity is None or not rain:
        return {}
    villages = {(village.place_id, village.river_id): village for village in network.villages}
    try:
        return rain_outlooks(
            network.rain, network.celerity, villages, rain, (clock.now.timestamp(), draws.seed)
        )
    except _FAULTS as error:
        faults.append(f"Der Niederschlagspfad ist gescheitert: {error}")
    return {}


def _with_rain(
    network: FloodNetwork,
    results: tuple[VillageResult, ...],
    heard: RainOutlooks,
    previous: PreviousResults,
    clock: Clock,
) -> tuple[VillageResult, ...]:
    villages = {(village.place_id, village.river_id): village for village in network.villages}
    keys = [(result.place_id, result.river_id) for result in results]
    return tuple(
        with_rain(result, villages[key], heard.get(key), previous.get(key), clock)
        for key, result in zip(keys, results, strict=True)
    )


def _route(
    network: FloodNetwork,
    statuses: Mapping[str, GaugeStatus],
    setting: tuple[Clock, Draws],
    faults: list[str],
) -> Outlooks:
    """Return what the systems say together; where one fails its villages keep their paths."""
    clock, draws = setting
    villages = {(village.place_id, village.river_id): village for village in network.villages}
    found: dict[tuple[str, str], VillageArrivals] = {}
    for system in network.systems:
        try:
            forecast = forecast_system(system, network, statuses, clock.now.timestamp(), draws)
            if forecast is not None:
                found.update(village_arrivals(forecast, villages, draws))
        except _FAULTS as error:
            faults.append(f"Der Wellenlauf für {system.system_id} ist gescheitert: {error}")
    return Outlooks(found)


def _gauges(
    network: FloodNetwork,
    series: Mapping[str, Series],
    options: CycleOptions,
    setting: tuple[Clock, Draws],
    faults: list[str],
) -> tuple[dict[str, GaugeStatus], tuple[GaugeResult, ...], dict[str, str]]:
    clock, draws = setting
    overrides = options.get("overrides", {})
    statuses: dict[str, GaugeStatus] = {}
    broken: dict[str, str] = {}
    for gauge_id, gauge in sorted(network.gauges.items()):
        readings = series.get(gauge_id, _EMPTY)
        try:
            statuses[gauge_id] = assess_gauge(
                gauge, readings, clock.now.timestamp(), draws, overrides.get(gauge_id)
            )
        except _FAULTS as error:
            broken[gauge_id] = f"{gauge.name} kann nicht ausgewertet werden"
            faults.append(f"{broken[gauge_id]} ({gauge.river_id}): {error}")
    statuses = with_flat_flags(statuses, network.neighbours)
    statuses = _with_rain_courses(network, statuses, options, setting, faults)
    results = tuple(
        gauge_result(statuses[gauge_id], clock) if gauge_id in statuses else mute_result(gauge)
        for gauge_id, gauge in sorted(network.gauges.items())
    )
    return statuses, results, broken


def _with_rain_courses(
    network: FloodNetwork,
    statuses: Mapping[str, GaugeStatus],
    options: CycleOptions,
    setting: tuple[Clock, Draws],
    faults: list[str],
) -> dict[str, GaugeStatus]:
    """Return the gauges with what the rain says of their rise; where it fails the trend goes on."""
    clock, draws = setting
    rain, own = options.get("rain", {}), options.get("gauge_rain", {})
    if network.rain is None or not (rain or own):
        return dict(statuses)
    heard = dict(own)
    for name, status in statuses.items():
        if name not in heard and status.gauge.river_id in rain:
            heard[name] = GaugeRain(rain[status.gauge.river_id], rain[status.gauge.river_id])
    try:
        return with_rain_courses(
            statuses, network.rain.responses, network.scales, heard, (clock.now.timestamp(), draws)
        )
    except _FAULTS as error:
        faults.append(f"Der Niederschlag konnte am Pegel nicht ausgewertet werden: {error}")
    return dict(statuses)


def _villages(
    network: FloodNetwork,
    gauges: tuple[Mapping[str, GaugeStatus], Mapping[str, str], Outlooks],
    previous: PreviousResults,
    setting: tuple[Clock, Progress | None],
    faults: list[str],
) -> tuple[VillageResult, ...]:
    statuses, broken, routed = gauges
    clock, on_river = setting
    ordered = sorted(
        network.villages, key=lambda item: (item.river_id, -item.river_km, item.place_id)
    )
    rivers = [(name, tuple(found)) for name, found in groupby(ordered, lambda v: v.river_id)]
    results: list[VillageResult] = []
    for index, (river_id, villages) in enumerate(rivers):
        if on_river is not None:
            on_river(river_id, index, len(rivers))
        try:
            found = [
                assess_village(
                    village,
                    statuses,
                    _memory(previous, village),
                    clock,
                    _broken(village, broken) + _isolated(network, village),
                    routed.of(village),
                )
                for village in villages
            ]
        except _FAULTS as error:
            fault = f"Die Berechnung für {villages[0].river_name} ist gescheitert"
            faults.append(f"{fault} ({river_id}): {error}")
            found = [
                assess_village(village, {}, _memory(previous, village), clock, (fault,))
                for village in villages
            ]
        results.extend(found)
    return tuple(results)


def _memory(previous: PreviousResults, village: Village) -> VillageResult | None:
    return own_memory(previous.get((village.place_id, village.river_id)))


def _broken(village: Village, broken: Mapping[str, str]) -> tuple[str, ...]:
    names = [path.gauge_id for path in village.paths if path.gauge_id in broken]
    return tuple(broken[name] for name in names)


def _isolated(network: FloodNetwork, village: Village) -> tuple[str, ...]:
    fault = network.isolated.get(village.river_id)
    return (f"{village.river_name} ist falsch eingerichtet ({fault})",) if fault else ()
