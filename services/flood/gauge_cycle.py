"""All gauges of a region in one cycle: read, informed by rain, told with what comes from above."""

from collections.abc import Mapping, Sequence

import numpy as np

from services.flood.faults import FAULTS
from services.flood.flat_line import with_flat_flags
from services.flood.flood_network import FloodNetwork
from services.flood.gauge_result import gauge_result, mute_result
from services.flood.gauge_routed import with_routed
from services.flood.gauge_status import Draws, GaugeStatus, assess_gauge
from services.flood.joint import JointForecast
from services.flood.model import GaugeResult, Series, WhatIf
from services.flood.rain.informed import informed
from services.flood.rain.series import GaugeRain, HeardRain
from services.flood.wording import Clock

_EMPTY = Series(np.empty(0), np.empty(0), np.empty(0, dtype=np.int8))


def assess_gauges(
    network: FloodNetwork,
    known: tuple[Mapping[str, Series], Mapping[str, WhatIf], HeardRain],
    setting: tuple[Clock, Draws],
    faults: list[str],
) -> tuple[dict[str, GaugeStatus], dict[str, str]]:
    """Return the statuses by gauge, and by gauge what failed.

    `known` are readings, assumed courses and rain; failures are also added to `faults`.
    """
    series, overrides, rain = known
    clock, draws = setting
    statuses: dict[str, GaugeStatus] = {}
    broken: dict[str, str] = {}
    for gauge_id, gauge in sorted(network.gauges.items()):
        readings = series.get(gauge_id, _EMPTY)
        try:
            statuses[gauge_id] = assess_gauge(
                gauge, readings, clock.now.timestamp(), draws, overrides.get(gauge_id)
            )
        except FAULTS as error:
            broken[gauge_id] = f"{gauge.name} kann nicht ausgewertet werden"
            faults.append(f"{broken[gauge_id]} ({gauge.river_id}): {error}")
    statuses = with_flat_flags(statuses, network.neighbours)
    return _informed(network, statuses, rain, setting, faults), broken


def gauge_results(
    network: FloodNetwork,
    statuses: Mapping[str, GaugeStatus],
    forecasts: Sequence[JointForecast],
    setting: tuple[Clock, Draws],
    faults: list[str],
) -> tuple[GaugeResult, ...]:
    """Return what the cycle says of each gauge."""
    clock, draws = setting
    told = dict(statuses)
    for forecast in forecasts:
        for name in forecast.gauge_e.keys() & statuses.keys() & network.scales.keys():
            try:
                told[name] = with_routed(statuses[name], network.scales[name], forecast, draws)
            except FAULTS as error:
                gauge = network.gauges[name].name
                faults.append(f"{gauge}: der Zufluss von oberhalb fehlt in der Vorhersage: {error}")
    return tuple(
        gauge_result(told[gauge_id], clock) if gauge_id in told else mute_result(gauge)
        for gauge_id, gauge in sorted(network.gauges.items())
    )


def _informed(
    network: FloodNetwork,
    statuses: Mapping[str, GaugeStatus],
    rain: HeardRain,
    setting: tuple[Clock, Draws],
    faults: list[str],
) -> dict[str, GaugeStatus]:
    """Return the gauges with what the rain says of their rise; where it fails the trend goes on."""
    clock, draws = setting
    if network.rain is None or not (rain.rivers or rain.gauges):
        return dict(statuses)
    found = dict(statuses)
    for name in network.rain.responses.keys() & statuses.keys() & network.scales.keys():
        heard = _at_gauge(statuses[name], rain)
        if heard is None:
            continue
        parts = (network.rain.responses[name], network.scales[name])
        try:
            found[name] = informed(statuses[name], parts, heard, (clock.now.timestamp(), draws))
        except FAULTS as error:
            gauge = network.gauges[name].name
            faults.append(f"{gauge}: der Niederschlag konnte nicht ausgewertet werden: {error}")
    return found


def _at_gauge(status: GaugeStatus, rain: HeardRain) -> GaugeRain | None:
    """Return the rain of a gauge, that of its river where areas are not divided."""
    river = rain.rivers.get(status.gauge.river_id)
    own = rain.gauges.get(status.gauge.gauge_id)
    return own if own is not None or river is None else GaugeRain(river, river)
