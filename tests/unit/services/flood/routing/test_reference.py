"""Published and analytic cases, as constants with their source and, where present, as files."""

import json
from typing import Any

import numpy as np
import pytest

from services.flood.routing.channel_config import checked
from services.flood.routing.single_channel import ChannelResult, Hydrograph, route_channel
from tests.support.requirements import shared_path

CHOW_INFLOW = [93, 137, 208, 320, 442, 546, 630, 678, 691, 675, 634, 571, 477, 390, 329, 247, 184,
               134, 108, 90]  # fmt: skip
CHOW_OUTFLOW = [85, 91, 114, 159, 233, 324, 420, 509, 578, 623, 642, 635, 603, 546, 479, 413, 341,
                274, 215, 170]  # fmt: skip
"""Chow, Maidment and Mays 1988, Applied Hydrology, table 8.4.1, rounded to whole ft³/s."""
WILSON_INFLOW = [22, 23, 35, 71, 103, 111, 109, 100, 86, 71, 59, 47, 39, 32, 28, 24, 22, 21, 20,
                 19, 19, 18]  # fmt: skip
WILSON_OUTFLOW = [22, 21, 21, 26, 34, 44, 55, 66, 75, 82, 85, 84, 80, 73, 64, 54, 44, 36, 30, 25,
                  22, 19]  # fmt: skip
"""Wilson 1974, Engineering Hydrology: observed, every 6 h."""
WILSON_SSQ = 605.6334
"""Least squares of the linear form on these data: K = 29.1646 h, x = 0.22107."""
HAYAMI = [
    (24, 1000.0, 300.0, (2.0, 12.0, 0.006, 40.0)),
    (12, 2000.0, 600.0, (2.0, 12.0, 0.006, 40.0)),
    (10, 1000.0, 300.0, (1.2, 6.0, 0.01, 8.0)),
    (20, 1500.0, 300.0, (2.5, 15.0, 0.004, 80.0)),
]
"""Reaches, dx, dt, (c, B, S0, Q0); mean L/c, variance 2 D L / c³ (Hayami 1951; Dooge 1973)."""
RAMP = {10: 2706.833, 20: 4986.563, 30: 7446.151, 40: 9966.429, 50: 12516.06}
"""Arrival (s) of each flow after 3 km by characteristics (Lighthill and Whitham 1955).

Q = α A^(5/3), n = 0.045, B = 12 m, S0 = 0.006, inflow from 5 to 60 m³/s in 4 h.
"""


def route(method: str, config: dict[str, float], t_h: Any, flow: Any) -> ChannelResult:
    series = Hydrograph(np.asarray(t_h, dtype=float), np.asarray(flow, dtype=float))
    return route_channel(method, checked(method, config), series)


def test_muskingum_gives_the_published_table_of_chow():
    config = {"k_h": 2.3, "x": 0.15, "dt_h": 1.0, "initial_outflow_m3s": 85.0}
    found = route("muskingum", config, np.arange(20), CHOW_INFLOW)
    assert found.outflow_m3s == pytest.approx(CHOW_OUTFLOW, abs=0.6)
    assert found.outflow_m3s[0] == 85.0
    assert int(found.outflow_m3s.argmax()) == 10


def test_muskingum_reproduces_the_linear_fit_to_wilsons_flood():
    config = {"k_h": 29.1646, "x": 0.22107, "dt_h": 6.0}
    found = route("muskingum", config, 6.0 * np.arange(22), WILSON_INFLOW)
    squares = float(((found.outflow_m3s - np.array(WILSON_OUTFLOW)) ** 2).sum())
    assert squares == pytest.approx(WILSON_SSQ, rel=1e-4)
    assert "2·k_h·x" in found.hint


@pytest.mark.parametrize(("reaches", "dx", "dt", "channel"), HAYAMI)
def test_muskingum_cunge_has_the_moments_of_hayamis_wave(
    reaches: int, dx: float, dt: float, channel: tuple[float, float, float, float]
):
    celerity, width, slope, flow = channel
    config = {"dx_m": dx, "dt_s": dt, "slope": slope, "celerity_ms": celerity, "width_m": width,
              "q_ref_m3s": flow, "reaches": reaches}  # fmt: skip
    t_h = np.arange(400) * dt / 3600.0
    impulse = np.zeros(400)
    impulse[1] = 1.0
    out = route("mc", config, t_h, impulse).outflow_m3s
    seconds = (t_h - t_h[1]) * 3600.0
    mean = float((out * seconds).sum() / out.sum())
    variance = float((out * (seconds - mean) ** 2).sum() / out.sum())
    length, spread = reaches * dx, flow / (2.0 * width * slope)
    assert out.sum() == pytest.approx(1.0, rel=1e-9)
    assert mean == pytest.approx(length / celerity, rel=1e-6)
    assert variance == pytest.approx(2.0 * spread * length / celerity**3, rel=1e-6)


@pytest.mark.parametrize(("dx", "dt"), [(250.0, 60.0), (100.0, 30.0)])
def test_mct_brings_a_ramp_at_the_time_of_its_characteristics(dx: float, dt: float):
    config = {"dx_m": dx, "dt_s": dt, "slope": 0.006, "manning_n": 0.045, "width_m": 12.0,
              "side_slope": 0.0, "reaches": 3000.0 / dx}  # fmt: skip
    t_h = np.arange(0.0, 6.0, 1 / 12)
    found = route("mct", config, t_h, np.interp(t_h, [0.0, 4.0], [5.0, 60.0]))
    for flow in (20, 30, 40, 50):
        at = float(np.interp(flow, found.outflow_m3s, t_h * 3600.0))
        assert abs(at - RAMP[flow]) < 60.0


def test_the_files_of_reference_say_the_same():
    folder = shared_path("hydro/reference")
    chow = json.loads((folder / "muskingum_chow_8_4_1.json").read_text())
    config = {"k_h": 2.3, "x": 0.15, "dt_h": 1.0, "initial_outflow_m3s": chow["Q0"]}
    found = route("muskingum", config, np.arange(20), chow["inflow"])
    assert found.outflow_m3s == pytest.approx(chow["outflow_exact"], abs=1e-6)
    wilson = json.loads((folder / "muskingum_wilson_1974_nonlinear.json").read_text())
    best = wilson["linear_best_fit"]
    fit = {"k_h": best["K_h"], "x": best["x"], "dt_h": 6.0}
    out = route("muskingum", fit, 6.0 * np.arange(22), wilson["inflow"]).outflow_m3s
    assert out == pytest.approx(best["outflow"], abs=2e-3)
