"""One flood cycle: all gauges, then all villages river by river; a fault stays in its river.

Pure: the same network, readings, previous results, instant and seed give the same result; no clock
is read. Readings should reach back so far that a crossing still on its way is seen (48 hours).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import groupby
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo

from services.flood.arrivals import village_arrivals
from services.flood.constants import MEMBERS
from services.flood.faults import FAULTS
from services.flood.flood_network import FloodNetwork
from services.flood.gauge_cycle import assess_gauges, gauge_results
from services.flood.gauge_status import Draws, GaugeStatus
from services.flood.joint import JointForecast, forecast_system
from services.flood.model import (
    CycleResult,
    Series,
    Village,
    VillageResult,
    WhatIf,
)
from services.flood.outlooks import Outlooks, VillageArrivals
from services.flood.rain.overlay import own_memory, with_rain
from services.flood.rain.rain_path import RainOutlooks, rain_outlooks
from services.flood.rain.series import GaugeRain, HeardRain, RainSeries, is_fresh
from services.flood.version import MODEL_VERSION
from services.flood.village_status import assess_village
from services.flood.wording import Clock

DEFAULT_TIMEZONE = "Europe/Berlin"

Progress = Callable[[str, int, int], None]
"""Called before each river with its id, its number from 0 and the number of rivers."""

PreviousResults = Mapping[tuple[str, str], VillageResult]
"""Results of the last cycle by (place_id, river_id)."""


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
        by river id, `gauge_rain` on what drains to and below each gauge (else its river's); without
        fresh rain the result is that of the gauges.

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
    rain = HeardRain(options.get("rain", {}), options.get("gauge_rain", {}))
    statuses, broken = assess_gauges(
        network, (series, options.get("overrides", {}), rain), (clock, draws), faults
    )
    routed, forecasts = _route(network, statuses, (clock, draws), faults)
    gauges = gauge_results(network, statuses, forecasts, (clock, draws), faults)
    villages = _villages(
        network, (statuses, broken, routed), previous, (clock, options.get("on_river")), faults
    )
    heard = _rain(network, rain.rivers, (clock, draws), faults)
    villages = _with_rain(network, villages, heard, previous, clock)
    return CycleResult(
        now,
        MODEL_VERSION,
        network.config_hash,
        gauges,
        villages,
        tuple(faults),
        network.posterior_version,
        _has_rain(rain, clock),
    )


def _has_rain(rain: HeardRain, clock: Clock) -> bool:
    series = [*rain.rivers.values(), *(item.above for item in rain.gauges.values())]
    return any(is_fresh(item, clock.now.timestamp()) for item in series)


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
    except FAULTS as error:
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
) -> tuple[Outlooks, list[JointForecast]]:
    """Return what the systems say together; where one fails its villages keep their paths."""
    clock, draws = setting
    villages = {(village.place_id, village.river_id): village for village in network.villages}
    found: dict[tuple[str, str], VillageArrivals] = {}
    forecasts: list[JointForecast] = []
    for system in network.systems:
        try:
            forecast = forecast_system(system, network, statuses, clock.now.timestamp(), draws)
            if forecast is not None:
                found.update(village_arrivals(forecast, villages, draws))
                forecasts.append(forecast)
        except FAULTS as error:
            faults.append(f"Der Wellenlauf für {system.system_id} ist gescheitert: {error}")
    return Outlooks(found), forecasts


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
        except FAULTS as error:
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
