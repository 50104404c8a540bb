"""Properties of the three methods in one channel."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.flood.routing.channel_config import RouteInputError, checked
from services.flood.routing.jit import interpreted
from services.flood.routing.linear import muskingum, route_chain, route_linear
from services.flood.routing.section import Section
from services.flood.routing.single_channel import ChannelResult, Hydrograph, route_channel
from services.flood.routing.todini import Reach, balance, curves, route_reach, solve

CREEK = {"dx_m": 1000.0, "dt_s": 300.0, "slope": 0.008, "manning_n": 0.06, "width_m": 12.0,
         "side_slope": 1.0, "reaches": 10}  # fmt: skip
PLAIN = {"bankfull_m": 1.2, "floodplain_width_m": 60.0, "floodplain_n": 0.1}
LINEAR = {"dx_m": 1000.0, "dt_s": 300.0, "slope": 0.008, "celerity_ms": 2.0, "width_m": 12.0,
          "q_ref_m3s": 20.0, "reaches": 5}  # fmt: skip


def wave(hours: float = 60.0, step_h: float = 0.25, at: float = 12.0) -> Hydrograph:
    t_h = np.arange(0.0, hours + step_h / 2, step_h).astype(np.float64)
    return Hydrograph(t_h, np.asarray(4.0 + 56.0 * np.exp(-(((t_h - at) / 2.0) ** 2)), np.float64))


def mct(inflow: Hydrograph, **changes: float) -> ChannelResult:
    return route_channel("mct", checked("mct", {**CREEK, **changes}), inflow)


@pytest.mark.parametrize("slope", [0.0003, 0.001, 0.008, 0.013, 0.018])
@pytest.mark.parametrize("length_m", [250.0, 1000.0, 2000.0, 5000.0])
@pytest.mark.parametrize("plain", [{}, PLAIN])
def test_mct_keeps_the_volume_from_steady_to_steady(
    slope: float, length_m: float, plain: dict[str, float]
):
    inflow = wave(300.0, 1 / 12)
    shape = {"slope": slope, "dx_m": length_m, "reaches": 10000.0 / length_m, **plain}
    found = mct(inflow, **shape)
    lost = (inflow.flow_m3s.sum() - found.outflow_m3s.sum()) / inflow.flow_m3s.sum()
    assert abs(found.mass_error) < 1e-9
    sampled_more_coarsely = found.step_s < 299.0
    assert abs(lost) < (1e-3 if sampled_more_coarsely and plain else 1e-6)
    assert found.outflow_m3s[-1] == pytest.approx(4.0, rel=1e-3)


FLOWS = st.floats(0.0, 90.0).map(lambda flow: round(flow, 6))
"""A relative error of the mass says nothing of less than a cubic centimetre a second."""


@settings(deadline=None, max_examples=60)
@given(
    st.lists(FLOWS, min_size=3, max_size=40),
    st.sampled_from([0.0003, 0.001, 0.008, 0.018]),
    st.sampled_from([100.0, 1000.0, 5000.0]),
    st.sampled_from([{}, PLAIN, {"side_slope": 0.0}]),
)
def test_mct_never_leaves_the_range_of_the_inflow(
    series: list[float], slope: float, length_m: float, shape: dict[str, float]
):
    flow = np.array(series)
    found = mct(
        Hydrograph(np.arange(flow.size, dtype=np.float64) * 0.25, flow),
        slope=slope,
        dx_m=length_m,
        reaches=2,
        **shape,
    )
    assert found.outflow_m3s.min() >= flow.min() - 1e-9
    assert found.outflow_m3s.max() <= flow.max() + 1e-9
    assert abs(found.mass_error) < 1e-9


@settings(deadline=None, max_examples=40)
@given(
    st.lists(FLOWS, min_size=3, max_size=40),
    st.sampled_from([0.001, 0.008, 0.018]),
    st.sampled_from([1000.0, 5000.0]),
)
def test_mct_needs_no_bound_to_stay_in_range_in_a_wide_channel(
    series: list[float], slope: float, length_m: float
):
    """The floor alone does it: with the bounds far away no flow goes beyond the inflow."""
    flow = np.array(series)
    top = max(float(flow.max()), 1.0)
    shape = curves(Section(12.0, 0.0, 0.06, slope), 10.0 * top)
    fastest = float((np.diff((np.arange(shape.area.size) / shape.per_root) ** 2)
                     / np.diff(shape.area)).max())  # fmt: skip
    reach = Reach(length_m, min(300.0, length_m / fastest), 0.0, 10.0 * top)
    out = flow.copy()
    route_reach(shape, reach, out, float(flow[0]))
    assert out.min() >= flow.min() - 1e-6 * top
    assert out.max() <= flow.max() + 1e-6 * top


def test_cells_with_the_floor_are_counted():
    inflow = wave()
    assert mct(inflow).floored_cells > 0
    assert mct(inflow, slope=0.0003, dx_m=250.0).floored_cells == 0


def test_finer_reaches_change_the_peak_less_and_less():
    peaks = [mct(wave(), dx_m=10000.0 / n, reaches=n).outflow_m3s.max() for n in (5, 10, 20, 40)]
    changes = np.abs(np.diff(peaks))
    assert changes[0] > changes[1] > changes[2]


def test_a_floodplain_slows_and_flattens_the_wave():
    narrow, wide = mct(wave()), mct(wave(), **PLAIN)
    assert wide.outflow_m3s.max() < narrow.outflow_m3s.max()
    assert wide.outflow_m3s.argmax() > narrow.outflow_m3s.argmax()


@pytest.mark.parametrize("method", ["mc", "mct"])
def test_zero_in_is_zero_out_and_a_dry_start_is_no_fault(method: str):
    config = checked(method, LINEAR if method == "mc" else CREEK)
    t_h = np.arange(0.0, 10.0, 0.25)
    assert not route_channel(method, config, Hydrograph(t_h, np.zeros(40))).outflow_m3s.any()
    filling = np.where(t_h < 1.0, 0.0, 20.0)
    dry = checked(method, {**(LINEAR if method == "mc" else CREEK), "initial_outflow_m3s": 0.0})
    out = route_channel(method, dry, Hydrograph(t_h, filling)).outflow_m3s
    assert out[0] == 0.0
    assert out[-1] == pytest.approx(20.0, rel=0.01)


@pytest.mark.parametrize("method", ["mc", "mct"])
def test_a_later_wave_comes_out_equally_later(method: str):
    config = checked(method, LINEAR if method == "mc" else CREEK)
    early = route_channel(method, config, wave(at=12.0)).outflow_m3s
    late = route_channel(method, config, wave(at=14.0)).outflow_m3s
    assert late[8:] == pytest.approx(early[:-8], rel=1e-6)


def test_the_linear_form_superposes():
    config = checked("mc", LINEAR)
    one, two = wave(at=12.0), wave(at=20.0)
    both = Hydrograph(one.t_h, one.flow_m3s + 3.0 * two.flow_m3s)
    parts = [route_channel("mc", config, part).outflow_m3s for part in (one, two)]
    together = route_channel("mc", config, both).outflow_m3s
    assert together == pytest.approx(parts[0] + 3.0 * parts[1], rel=1e-12)


@pytest.mark.parametrize("dt_h", [0.1, 0.25, 1.0, 1.7])
def test_any_step_keeps_the_volume_of_the_steps_and_the_times_of_the_inflow(dt_h: float):
    config = checked("muskingum", {"k_h": 2.0, "x": 0.2, "dt_h": dt_h})
    inflow = wave(step_h=0.5)
    found = route_channel("muskingum", config, inflow)
    assert abs(found.mass_error) < 1e-12
    assert found.t_h is inflow.t_h
    assert found.outflow_m3s.sum() == pytest.approx(inflow.flow_m3s.sum(), rel=2e-3)


def test_a_series_that_ends_high_has_its_water_in_storage():
    t_h = np.arange(0.0, 5.0, 0.25)
    found = mct(Hydrograph(t_h, np.linspace(4.0, 60.0, 20)))
    assert abs(found.mass_error) < 1e-12


def test_uneven_times_are_taken():
    t_h = np.array([0.0, 1.0, 1.5, 4.0, 9.0])
    found = mct(Hydrograph(t_h, np.full(5, 7.0)))
    assert found.outflow_m3s == pytest.approx(7.0)


def test_too_many_steps_are_refused_with_the_limit():
    with pytest.raises(RouteInputError, match="50000000"):
        mct(wave(), dx_m=0.01, reaches=10_000)


def test_the_coefficients_sum_to_one():
    factors = muskingum(2.3, 0.15, 1.0)
    assert factors.on_next + factors.on_last + factors.on_outflow == pytest.approx(1.0)
    assert factors.on_next == pytest.approx(0.06313645621181263)


def test_compiled_and_interpreted_kernels_agree():
    inflow = wave(20.0).flow_m3s
    flows = np.zeros((2, inflow.size))
    flows[0] = inflow
    row = muskingum(2.0, 0.2, 1.0)
    rows = np.tile([row.on_next, row.on_last, row.on_outflow], (2, 1))
    interpreted(route_linear)(np.array([1, -1]), rows, np.full(2, inflow[0]), flows)
    assert flows == pytest.approx(route_chain(inflow, row, 2, float(inflow[0])), rel=1e-14)
    shape = curves(Section(12.0, 1.0, 0.06, 0.008), 60.0)
    reach = Reach(1000.0, 200.0, 4.0, 60.0)
    compiled, plain = inflow.copy(), inflow.copy()
    gain = route_reach(shape, reach, compiled, 4.0)
    assert interpreted(route_reach)(shape, reach, plain, 4.0) == pytest.approx(gain)
    assert plain == pytest.approx(compiled, rel=1e-12)
    into, state = 30.0, 40_000.0
    assert interpreted(solve)(shape, reach, into, state) == pytest.approx(
        solve(shape, reach, into, state)
    )
    assert interpreted(balance)(shape, reach, 30.0, 20.0) == balance(shape, reach, 30.0, 20.0)
    assert interpreted(balance)(shape, reach, 0.0, 0.0) == (0.0, False)
