"""One channel of equal reaches, by three methods: what the verb `route` computes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from services.flood.routing.channel_config import RouteInputError
from services.flood.routing.linear import FloatArray, muskingum, route_chain
from services.flood.routing.section import Section
from services.flood.routing.todini import Reach, curves, route_reach

SECONDS = 3600.0
LONGEST_STEP_S = 300.0
"""Sub-steps of the variable-parameter form (method note, section B.1)."""
MOST_CELLS = 50_000_000
"""Reaches times steps: a minute of computing."""
SNAP = 1e-3
"""A time so close to a step (in steps) is on it: tables print hours with few digits."""


@dataclass(frozen=True, slots=True)
class Hydrograph:
    """A series: times in hours, strictly rising, and flows in m³/s."""

    t_h: FloatArray
    flow_m3s: FloatArray


@dataclass(frozen=True, slots=True)
class ChannelResult:
    """Outflow of the last reach.

    Parameters
    ----------
    t_h, inflow_m3s, outflow_m3s
        `[t]` at the times of the inflow.
    mass_error
        (inflow - outflow - gain of storage) / inflow, as volumes over the steps computed.
    step_s
        Step computed with.
    floored_cells
        Reach-steps in which the floor on the spread acted.
    hint
        One German sentence where the method's own limits are left, else empty.
    """

    t_h: FloatArray
    inflow_m3s: FloatArray
    outflow_m3s: FloatArray
    mass_error: float
    step_s: float
    floored_cells: int = 0
    hint: str = ""


def route_channel(method: str, config: Mapping[str, float], inflow: Hydrograph) -> ChannelResult:
    """Route an inflow; `config` is `channel_config.checked` for the method.

    Raises
    ------
    RouteInputError
        When the steps would be too many.
    """
    match method:
        case "muskingum":
            return _muskingum(config, inflow)
        case "mc":
            return _muskingum_cunge(config, inflow)
        case _:
            return _mass_conservative(config, inflow)


def _muskingum(config: Mapping[str, float], inflow: Hydrograph) -> ChannelResult:
    travel_s, weight, step_s = config["k_h"] * SECONDS, config["x"], config["dt_h"] * SECONDS
    least, most = 2.0 * config["k_h"] * weight, 2.0 * config["k_h"] * (1.0 - weight)
    hint = ""
    if not least <= config["dt_h"] <= most:
        hint = (
            f"„dt_h“ = {config['dt_h']:g} liegt nicht zwischen 2·k_h·x = {least:g} und "
            f"2·k_h·(1−x) = {most:g}: Der Ausfluss kann vor der Welle sinken oder schwingen."
        )
    return _linear((travel_s, weight, step_s, 1), config, inflow, hint)


def _muskingum_cunge(config: Mapping[str, float], inflow: Hydrograph) -> ChannelResult:
    travel_s = config["dx_m"] / config["celerity_ms"]
    courant = config["dt_s"] / travel_s
    spread = config["q_ref_m3s"] / (
        config["width_m"] * config["slope"] * config["celerity_ms"] * config["dx_m"]
    )
    hint = ""
    if spread < abs(1.0 - courant):
        hint = (
            f"C = {courant:.3g} und R = {spread:.3g}: Bei R < |1−C| kann die lineare Form vor der "
            "Welle sinken oder schwingen."
        )
    weight = 0.5 * (1.0 - spread)
    return _linear((travel_s, weight, config["dt_s"], int(config["reaches"])), config, inflow, hint)


def _linear(
    form: tuple[float, float, float, int],
    config: Mapping[str, float],
    inflow: Hydrograph,
    hint: str,
) -> ChannelResult:
    travel_s, weight, step_s, reaches = form
    places = _places(inflow, step_s, reaches)
    entering = _on_steps(inflow, places)
    start = config.get("initial_outflow_m3s", float(entering[0]))
    flows = route_chain(entering, muskingum(travel_s, weight, step_s), reaches, start)
    above = np.vstack([entering, flows[:-1]])
    stored = travel_s * (weight * above + (1.0 - weight) * flows)
    gain = float((stored[:, -1] - stored[:, 0]).sum())
    error = _mass_error(entering, flows[-1], gain, step_s)
    out = np.interp(places, np.arange(entering.size), flows[-1])
    return ChannelResult(inflow.t_h, inflow.flow_m3s, out, error, step_s, hint=hint)


def _mass_conservative(config: Mapping[str, float], inflow: Hydrograph) -> ChannelResult:
    section = Section(
        config["width_m"],
        config["side_slope"],
        config["manning_n"],
        config["slope"],
        config.get("bankfull_m", np.inf),
        config.get("floodplain_width_m", 0.0),
        config.get("floodplain_n", 1.0),
    )
    start = config.get("initial_outflow_m3s", float(inflow.flow_m3s[0]))
    low, high = _range(inflow, start)
    shape = curves(section, high)
    fastest = float(
        np.max(np.diff(shape_flows(shape.area.size, shape.per_root)) / np.diff(shape.area))
    )
    longest = min(config["dt_s"], LONGEST_STEP_S, config["dx_m"] / fastest)
    step_s = _dividing_step(inflow, config["dt_s"], longest)
    reaches = int(config["reaches"])
    places = _places(inflow, step_s, reaches)
    entering = _on_steps(inflow, places)
    flows, reach = entering.copy(), Reach(config["dx_m"], step_s, low, high)
    gain, floored = 0.0, 0
    for _ in range(reaches):
        more, count = route_reach(shape, reach, flows, start)
        gain, floored = gain + more, floored + count
    error = _mass_error(entering, flows, gain, step_s)
    out = np.interp(places, np.arange(entering.size), flows)
    return ChannelResult(inflow.t_h, inflow.flow_m3s, out, error, step_s, floored)


def shape_flows(knots: int, per_root: float) -> FloatArray:
    """Return the flows that a curve's knots belong to."""
    return np.asarray((np.arange(knots) / per_root) ** 2, dtype=np.float64)


def _range(inflow: Hydrograph, start: float) -> tuple[float, float]:
    flows = np.append(inflow.flow_m3s, start)
    return float(flows.min()), float(flows.max())


def _dividing_step(inflow: Hydrograph, step_s: float, longest_s: float) -> float:
    """Return a step of at most `longest_s` that falls on the times of an even series."""
    gaps = np.diff(inflow.t_h) * SECONDS
    is_even = np.ptp(gaps) < SNAP * gaps.mean()
    whole = float(gaps.mean()) if is_even else step_s
    return whole / math.ceil(whole / longest_s - SNAP)


def _places(inflow: Hydrograph, step_s: float, reaches: int) -> FloatArray:
    """Return the times of the inflow in steps since its first."""
    places = (inflow.t_h - inflow.t_h[0]) * SECONDS / step_s
    whole = np.round(places)
    if whole[-1] * reaches > MOST_CELLS:
        raise RouteInputError(
            user_message=(
                f"{reaches} Abschnitte mal {whole[-1]:.0f} Schritte zu {step_s:.3g} s sind zu "
                f"viel (höchstens {MOST_CELLS}). Bitte längere Schritte oder Abschnitte wählen."
            )
        )
    return np.asarray(np.where(np.abs(places - whole) < SNAP, whole, places), dtype=np.float64)


def _on_steps(inflow: Hydrograph, places: FloatArray) -> FloatArray:
    """Interpolate the inflow to the steps; after its end it stays."""
    steps = np.arange(math.ceil(places[-1]) + 1)
    return np.asarray(np.interp(steps, places, inflow.flow_m3s), dtype=np.float64)


def _mass_error(into: FloatArray, out: FloatArray, gain: float, step_s: float) -> float:
    entered = float(np.trapezoid(into)) * step_s
    left = float(np.trapezoid(out)) * step_s
    return (entered - left - gain) / entered if entered > 0.0 else 0.0
