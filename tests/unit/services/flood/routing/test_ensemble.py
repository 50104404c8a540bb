"""The ensemble kernel: mass, monotony, gauges, confluences, independence of members."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.flood.routing.ensemble import (
    Drive,
    Outputs,
    ReachArrays,
    ReachTables,
    Routed,
    route_members,
)
from services.flood.routing.jit import interpreted
from services.flood.routing.network_kernel import HOLD, assign_slots

DT_S = 300.0
FLOW_MAX = 120.0


def wave(steps: int, peak: float = 60.0, base: float = 4.0, at: float = 70.0) -> np.ndarray:
    shape = np.exp(-(((np.arange(steps) - at) / 14.0) ** 2))
    return np.asarray(base + (peak - base) * shape)


def chain(count: int, length_m: float = 1000.0) -> ReachArrays:
    below = np.arange(1, count + 1)
    below[-1] = -1
    return ReachArrays(below.astype(np.int64), np.full(count, length_m))


def creek(count: int, slope: float = 0.008, knots: int = 64) -> ReachTables:
    """Wide rectangular creeks, c = 5/3 v (Manning n = 0.06, 10 m)."""
    alpha = slope**0.5 / (0.06 * 10.0 ** (2 / 3))
    return ReachTables.from_function(
        np.full(count, FLOW_MAX),
        lambda flow: 5 / 3 * alpha**0.6 * flow**0.4,
        lambda flow: flow / (2 * 10.0 * slope),
        knots,
    )


def drive(sources: np.ndarray, count: int, **changes: np.ndarray) -> Drive:
    """One gauge at the head of the first reach that stays; nothing lateral."""
    node = np.full(count, -1)
    node[0] = 0
    fields = {
        "lateral_source": np.full(count, -1),
        "lateral_weight": np.zeros(count),
        "node_source": node,
        "node_weight": np.ones(count),
        "node_splice": np.full(count, sources.shape[1]),
        "node_decay_steps": np.ones(count),
    }
    return Drive(sources=sources, **{**fields, **changes})


def at_ends(count: int) -> Outputs:
    return Outputs(np.arange(count), np.ones(count))


def route(
    sources: np.ndarray, count: int = 10, slope: float = 0.008, length_m: float = 1000.0
) -> Routed:
    return route_members(
        chain(count, length_m),
        creek(count, slope),
        np.ones((1, count)),
        drive(sources, count),
        at_ends(count),
        DT_S,
    )


@pytest.mark.parametrize("slope", [0.0003, 0.001, 0.008, 0.018])
@pytest.mark.parametrize("length_m", [150.0, 1000.0, 4000.0])
def test_a_wave_from_steady_to_steady_keeps_its_volume(slope: float, length_m: float):
    inflow = wave(900)
    routed = route(inflow[None, :, None], slope=slope, length_m=length_m).values[0, :, -1]
    lost = (inflow.sum() - routed.sum(dtype=float)) / inflow.sum()
    assert abs(lost) < 1e-4


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.floats(0.0, 150.0), min_size=5, max_size=60),
    st.floats(0.0003, 0.02),
    st.floats(100.0, 4000.0),
)
def test_no_outflow_leaves_the_range_of_the_inflow(
    series: list[float], slope: float, length_m: float
):
    inflow = np.array(series)
    values = route(inflow[None, :, None], 3, slope, length_m).values
    slack = 1e-4 * max(inflow.max(), 1.0)
    assert values.min() >= inflow.min() - slack
    assert values.max() <= inflow.max() + slack


def test_zero_in_is_zero_out():
    assert not route(np.zeros((2, 50, 1))).values.any()


def test_a_later_wave_arrives_equally_later():
    early = route(wave(300)[None, :, None]).values[0, :, -1]
    late = route(wave(300, at=90.0)[None, :, None]).values[0, :, -1]
    assert late[80:] == pytest.approx(early[60:-20], abs=1e-3)


def test_a_member_does_not_depend_on_the_others():
    sources = np.stack([wave(100, peak) for peak in np.linspace(10.0, 100.0, 19)])[:, :, None]
    speed = np.linspace(0.5, 2.0, 19)[:, None] * np.ones((1, 10))
    args = (chain(10), creek(10))
    together = route_members(*args, speed, drive(sources, 10), at_ends(10), DT_S)
    alone = route_members(*args, speed[13:14], drive(sources[13:14], 10), at_ends(10), DT_S)
    assert np.array_equal(together.values[13], alone.values[0])


def test_a_faster_member_arrives_in_proportion():
    inflow = wave(400)[None, :, None]
    speed = np.array([[1.0], [2.0]]) * np.ones((1, 10))
    found = route_members(chain(10), creek(10), speed, drive(inflow, 10), at_ends(10), DT_S).values
    steps = np.arange(400)
    means = ((found[:, :, -1] - 4.0) * steps).sum(1) / (found[:, :, -1] - 4.0).sum(1)
    lags = means - ((inflow[0, :, 0] - 4.0) * steps).sum() / (inflow[0, :, 0] - 4.0).sum()
    assert lags[0] / lags[1] == pytest.approx(2.0, rel=0.01)


def test_the_unit_of_the_flow_does_not_matter():
    inflow = wave(200)
    plain = route(inflow[None, :, None]).values
    tables = creek(10)
    scaled = ReachTables(
        tables.flow_max / 50.0, tables.celerity_ms, tables.diffusivity_m2s, tables.area / 50.0
    )
    speed = np.ones((1, 10))
    relative = route_members(
        chain(10), scaled, speed, drive(inflow[None, :, None] / 50.0, 10), at_ends(10), DT_S
    )
    assert relative.values * 50.0 == pytest.approx(plain, rel=1e-5)


def test_lateral_inflow_comes_out_below():
    count, sources = 4, np.stack([wave(400), np.full(400, 2.0)], axis=1)[None]
    with_side = drive(
        sources,
        count,
        lateral_source=np.array([-1, 1, 1, -1]),
        lateral_weight=np.array([0.0, 0.5, 1.5, 0.0]),
    )
    speed = np.ones((1, count))
    found = route_members(chain(count), creek(count), speed, with_side, at_ends(count), DT_S)
    assert found.values[0, 0] == pytest.approx([4.0, 5.0, 8.0, 8.0], rel=1e-3)
    out = found.values[0, :, -1].sum(dtype=float)
    assert out == pytest.approx(sources[0, :, 0].sum() + 400 * 4.0, rel=1e-4)


def test_a_confluence_adds_its_rivers_whatever_their_order():
    sources = np.stack([wave(200), wave(200, 30.0, 2.0, 60.0)], axis=1)[None]
    one = ReachArrays(np.array([2, 2, 3, -1]), np.array([1000.0, 800.0, 1200.0, 900.0]))
    two = ReachArrays(np.array([2, 2, 3, -1]), np.array([800.0, 1000.0, 1200.0, 900.0]))
    speed, ends = np.ones((1, 4)), Outputs(np.array([3]), np.ones(1))
    first = drive(sources, 4, node_source=np.array([0, 1, -1, -1]))
    second = drive(sources, 4, node_source=np.array([1, 0, -1, -1]))
    found = [
        route_members(reaches, creek(4), speed, forcing, ends, DT_S).values
        for reaches, forcing in ((one, first), (two, second))
    ]
    assert found[0][0, 0, 0] == pytest.approx(6.0, rel=1e-3)
    assert found[0] == pytest.approx(found[1], rel=1e-6)


def test_a_gauge_replaces_up_to_the_splice_and_fades_out_after_it():
    count, steps = 4, 120
    sources = np.stack([wave(steps), np.full(steps, 10.0)], axis=1)[None]
    forcing = drive(
        sources,
        count,
        node_source=np.array([0, -1, 1, -1]),
        node_weight=np.array([1.0, 1.0, 2.0, 1.0]),
        node_splice=np.array([steps, steps, 30, steps]),
        node_decay_steps=np.full(count, 12.0),
    )
    above = Outputs(np.array([2, 1]), np.array([0.0, 1.0]))
    found = route_members(chain(count), creek(count), np.ones((1, count)), forcing, above, DT_S)
    inflow, routed = found.values[0].T
    assert found.node_raw.shape == (1, steps, 2)
    assert found.node_raw[0, :, 1] == pytest.approx(routed)
    assert inflow[:31] == pytest.approx(20.0)
    offset = 20.0 - routed[31:]
    trust = np.exp((30 - np.arange(31, steps)) / np.where(offset > 0.0, 12.0 * HOLD, 12.0))
    assert inflow[31:] == pytest.approx(routed[31:] + trust * offset, rel=1e-5)


def test_an_output_inside_a_reach_lies_between_its_ends():
    inside = Outputs(np.array([0, 0, 0]), np.array([0.0, 0.25, 1.0]))
    found = route_members(
        chain(2), creek(2), np.ones((1, 2)), drive(wave(80)[None, :, None], 2), inside, DT_S
    ).values[0]
    assert found[:, 0] == pytest.approx(wave(80), rel=1e-6)
    assert found[:, 1] == pytest.approx(0.75 * found[:, 0] + 0.25 * found[:, 2], rel=1e-5)


def test_refinement_converges():
    fine = route(wave(300)[None, :, None], 80, length_m=125.0).values[0, :, -1].max()
    errors = []
    for count in (10, 20, 40):
        peak = route(wave(300)[None, :, None], count, length_m=10000.0 / count).values[0, :, -1]
        errors.append(abs(peak.max() - fine))
    assert errors[0] >= errors[1] >= errors[2]


def test_buffers_are_shared_by_reaches_that_are_not_open_at_the_same_time():
    slots, used = interpreted(assign_slots)(np.array([2, 2, 4, 4, -1]))
    assert used == 2
    assert slots[0] == slots[2] == slots[4]
    assert np.array_equal(assign_slots(np.array([2, 2, 4, 4, -1]))[0], slots)


def test_arrays_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="later reach"):
        ReachArrays(np.array([0, -1]), np.ones(2))
    with pytest.raises(ValueError, match="finite"):
        route(np.full((1, 5, 1), np.nan))
    with pytest.raises(ValueError, match="not negative"):
        route(np.full((1, 5, 1), -1.0))
    with pytest.raises(ValueError, match="positive factor"):
        route_members(
            chain(2), creek(2), np.zeros((1, 2)), drive(np.ones((1, 5, 1)), 2), at_ends(2), DT_S
        )
