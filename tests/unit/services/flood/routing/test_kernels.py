"""The ensemble's kernels as Python: what they do, and that the compiled ones do the same."""

from dataclasses import replace

import numpy as np
import pytest

from services.flood.routing.channel_config import checked
from services.flood.routing.ensemble import Drive, Outputs, ReachArrays, ReachTables, route_members
from services.flood.routing.jit import interpreted
from services.flood.routing.network_kernel import (
    LOWER,
    UPPER,
    Forcing,
    Network,
    Scratch,
    Tables,
    Wanted,
    _collect,
    _fill,
    _keep_raw,
    _observe,
    _pass_down,
    _take_lateral,
    _take_sources,
    assign_slots,
    route_block,
)
from services.flood.routing.section import Section
from services.flood.routing.single_channel import Hydrograph, route_channel
from services.flood.routing.stepping import (
    INVERSE_KNOTS,
    Lanes,
    _invert,
    _look_up,
    fill_lane,
    make_lanes,
    run_lanes,
    settle,
)

TRAVEL = np.array([900.0, 600.0, 450.0, 400.0])
SPREAD = np.array([100.0, 120.0, 150.0, 160.0])
FLOW_MAX = 80.0


def filled(dt_s: float = 300.0) -> Lanes:
    block = make_lanes(5, 2)
    for lane in range(2):
        interpreted(fill_lane)(block, lane, FLOW_MAX, (TRAVEL, SPREAD), dt_s)
    return block


def test_upper_falls_and_the_inverse_rises_no_faster_than_a_step_allows():
    for dt_s in (60.0, 300.0, 900.0):
        block = filled(dt_s)
        assert np.all(np.diff(block.upper[:5]) <= 1e-9)
        slopes = np.diff(block.inverse[:INVERSE_KNOTS]) * block.per_storage[0]
        assert np.all(slopes > 0.0)
        assert np.all(slopes <= 1.0 / dt_s + 1e-12)


def test_both_tables_together_hold_the_volume_of_the_reach():
    """F + H at a flow is the storage dx A = ∫T dQ."""
    block = filled()
    flows = FLOW_MAX * (np.arange(5) / 4) ** 2
    storage = np.interp(flows, block.inverse[:INVERSE_KNOTS], np.arange(INVERSE_KNOTS))
    volume = np.concatenate([[0.0], np.cumsum(TRAVEL * np.diff(flows))])
    assert storage / block.per_storage[0] + block.upper[:5] == pytest.approx(volume, rel=1e-2)


def test_compiled_and_interpreted_steps_agree():
    inflow = np.array([[5.0, 60.0], [9.0, 100.0], [30.0, 0.0], [5.0, 60.0]])
    lateral = np.full((4, 2), 0.5)
    results = []
    for wrap in (interpreted, lambda compiled: compiled):
        block, flows = filled(), inflow.copy()
        wrap(settle)(block, flows[0], lateral[0], 300.0)
        wrap(run_lanes)(block, flows, lateral, 300.0)
        wrap(_look_up)(block.inverse, block)
        results.append((flows, block.state.copy(), block.value.copy()))
    for one, two in zip(*results, strict=True):
        assert one == pytest.approx(two, rel=1e-12)
    assert results[0][0][0] == pytest.approx([5.5, 60.5], rel=1e-6)


def test_inverting_reaches_the_last_flow():
    block = make_lanes(3, 1)
    interpreted(_invert)(block, 0, 16.0, np.array([0.0, 1000.0, 5000.0]))
    assert block.inverse[0] == 0.0
    assert block.inverse[-1] == pytest.approx(16.0)


def network_case() -> tuple[Network, Tables, Forcing, Wanted]:
    downstream = np.array([2, 2, -1])
    tables = ReachTables.from_function(np.full(3, FLOW_MAX), lambda flow: 0.6 * flow**0.4, knots=9)
    flows = FLOW_MAX * (np.arange(9) / 8) ** 2
    slowness = np.diff(tables.area, axis=1) / np.diff(flows)
    sources = np.random.default_rng(3).uniform(1.0, 40.0, (2, 2, 6))
    forcing = Forcing(
        sources,
        np.array([-1, 1, 1]),
        np.array([0.0, 0.1, 0.2]),
        np.array([0, -1, 0]),
        np.array([1.0, 1.0, 2.0]),
        np.array([9, 9, 2]),
        np.array([4.0, 4.0, 4.0]),
    )
    wanted = Wanted(
        np.array([0, 0, 0, 2]),
        np.array([1, 0]),
        np.array([0.5, 1.0]),
        np.zeros((2, 6, 2), np.float32),
        np.zeros((2, 6, 2), np.float32),
    )
    slot, _ = assign_slots(downstream)
    return (
        Network(downstream, np.full(3, 1000.0), slot, 300.0),
        Tables(tables.flow_max, slowness, 0.0 * slowness, np.array([[1.0, 0.8, 1.2]])),
        forcing,
        wanted,
    )


def test_compiled_and_interpreted_networks_agree():
    results = []
    for wrap in (interpreted, lambda compiled: compiled):
        network, tables, forcing, wanted = network_case()
        scratch = Scratch(np.empty((2, 6, 2)), np.empty((2, 6, 2)), np.empty((6, 2)))
        wrap(route_block)(network, tables, forcing, wanted, (make_lanes(9, 2), scratch), 0)
        results.append((wanted.values, wanted.node_raw))
    assert results[0][0] == pytest.approx(results[1][0], rel=1e-6)
    assert results[0][1] == pytest.approx(results[1][1], rel=1e-6)


def test_the_parts_of_a_block_do_what_they_say():
    network, tables, forcing, wanted = network_case()
    scratch = Scratch(np.empty((2, 6, 2)), np.empty((2, 6, 2)), np.empty((6, 2)))
    interpreted(_take_sources)(forcing.sources, scratch.sources, 0)
    assert scratch.sources[1, 3, 0] == forcing.sources[1, 0, 3]
    interpreted(_take_lateral)(scratch, forcing, 2)
    assert scratch.lateral == pytest.approx(0.2 * scratch.sources[1])
    interpreted(_take_lateral)(scratch, forcing, 0)
    assert not scratch.lateral.any()
    flows = np.full((6, 2), 3.0)
    interpreted(_keep_raw)(flows, wanted.node_raw, 1, 0)
    assert np.all(wanted.node_raw[:, :, 1] == 3.0)
    interpreted(_observe)(flows, scratch.sources[0], forcing, 2)
    assert flows[:3] == pytest.approx(2.0 * scratch.sources[0, :3])
    for end in (UPPER, LOWER):
        interpreted(_collect)(wanted, 2, np.full((6, 2), 8.0), 0, end)
    assert wanted.values == pytest.approx(8.0)
    block = make_lanes(9, 2)
    interpreted(_fill)(block, network, tables, 1, 0)
    assert block.per_storage[0] > 0.0
    begun = np.array([False, False, True])
    scratch.flows[:] = 1.0
    interpreted(_pass_down)(network, scratch.flows, begun, 1)
    interpreted(_pass_down)(network, scratch.flows, begun, 2)
    assert np.all(scratch.flows[network.slot[2]] == 2.0)


def test_a_gauge_without_a_valid_reading_replaces_nothing():
    _, _, forcing, _ = network_case()
    never = forcing._replace(node_splice=np.array([-1, -1, -1]))
    flows = np.full((6, 2), 3.0)
    interpreted(_observe)(flows, np.ones((6, 2)), never, 0)
    assert np.all(flows == 3.0)


@pytest.mark.parametrize("slope", [0.001, 0.008])
def test_the_ensemble_agrees_with_todinis_form_where_reaches_are_short(slope: float):
    section = Section(12.0, 0.0, 0.06, slope)
    t_h = np.arange(0.0, 24.0, 1 / 12)
    flow = 4.0 + 56.0 * np.exp(-(((t_h - 6.0) / 2.0) ** 2))
    config = {"dx_m": 250.0, "dt_s": 300.0, "slope": slope, "manning_n": 0.06, "width_m": 12.0,
              "side_slope": 0.0, "reaches": 40}  # fmt: skip
    single = route_channel("mct", checked("mct", config), Hydrograph(t_h, flow)).outflow_m3s
    count = 40
    tables = ReachTables.from_function(
        np.full(count, 80.0),
        lambda flows: section.celerity(section.depth(flows)),
        lambda flows: section.diffusivity(section.depth(flows)),
    )
    below = np.arange(1, count + 1)
    below[-1] = -1
    nowhere = np.full(count, -1)
    drive = Drive(
        flow[None, :, None],
        nowhere,
        np.zeros(count),
        nowhere.copy(),
        np.ones(count),
        np.full(count, t_h.size),
        np.ones(count),
    )
    head = replace(drive, node_source=np.where(np.arange(count) == 0, 0, -1))
    ends = Outputs(np.array([count - 1]), np.ones(1))
    reaches = ReachArrays(below, np.full(count, 250.0))
    routed = route_members(reaches, tables, np.ones((1, count)), head, ends, 300.0).values[0, :, 0]
    assert routed.max() == pytest.approx(single.max(), rel=0.02)
    assert abs(int(routed.argmax()) - int(single.argmax())) <= 1
