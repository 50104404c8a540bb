"""What must hold for any readings: order, shift, monotony, silence, failed values."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services.flood.cycle import run_cycle
from services.flood.model import LEVELS, Flag, Series, State
from services.flood.network import build_network
from services.flood.states import RANK
from tests.unit.services.flood.scenario import (
    NOW,
    exposure,
    gauge,
    minutes,
    nette_pack,
    pack,
    river,
    series,
    thresholds,
)

NETWORK = build_network(nette_pack())
GAUGES = tuple(NETWORK.gauges)
FEW = settings(max_examples=25, deadline=None)
stages = st.floats(min_value=0.0, max_value=3.0).map(lambda x: round(x, 3))
courses = st.lists(stages, min_size=1, max_size=24)
readings = st.fixed_dictionaries({}, optional=dict.fromkeys(GAUGES, courses)).map(
    lambda found: {name: series(values) for name, values in found.items()}
)


def run(network, known, previous=(), now=NOW, members=100):
    memory = {(item.place_id, item.river_id): item for item in previous}
    return run_cycle(network, known, memory, now, members=members)


def by_place(result):
    return {(item.place_id, item.river_id): item for item in result.villages}


@FEW
@given(readings, st.permutations(range(len(NETWORK.villages))))
def test_the_order_of_villages_and_gauges_plays_no_part(known, order):
    shuffled = replace(
        NETWORK,
        gauges=dict(reversed(list(NETWORK.gauges.items()))),
        villages=tuple(NETWORK.villages[i] for i in order),
    )
    turned = dict(reversed(list(known.items())))

    assert run(shuffled, turned) == run(NETWORK, known)


@FEW
@given(readings, st.integers(min_value=1, max_value=3000))
def test_a_later_start_shifts_all_times_equally(known, count):
    shift = timedelta(minutes=15 * count)
    later = {
        name: Series(item.times_s + shift.total_seconds(), item.values, item.flags)
        for name, item in known.items()
    }
    first, second = run(NETWORK, known), run(NETWORK, later, now=NOW + shift)
    for one, two in zip(first.villages, second.villages, strict=True):
        assert (one.state, one.p_exceed) == (two.state, two.p_exceed)
        for name in ("earliest", "likely", "latest", "data_at"):
            before, after = getattr(one, name), getattr(two, name)
            assert (before is None) == (after is None)
            if before is not None:
                assert abs((after - before - shift).total_seconds()) < 0.01


@FEW
@given(readings, st.sampled_from(GAUGES), st.floats(min_value=0.0, max_value=2.0))
def test_a_higher_last_reading_never_lowers_the_state_of_a_gauge_that_has_not_just_fallen(
    known, name, lift
):
    higher = dict(known)
    if name in known:
        # after a fall the spike test judges the reading before it, and a lift can change that
        assume((np.diff(known[name].values) >= 0).all())
        values = known[name].values.copy()
        values[-1] += lift
        higher[name] = Series(known[name].times_s, values, known[name].flags)
    low, high = by_place(run(NETWORK, known)), by_place(run(NETWORK, higher))

    assert all(RANK[high[place].state] >= RANK[low[place].state] for place in low)


@FEW
@given(readings, st.floats(min_value=0.0, max_value=2.0))
def test_higher_readings_throughout_never_lower_a_state(known, lift):
    higher = {
        name: Series(item.times_s, item.values + lift, item.flags) for name, item in known.items()
    }
    low, high = by_place(run(NETWORK, known)), by_place(run(NETWORK, higher))

    assert all(RANK[high[place].state] >= RANK[low[place].state] for place in low)


@FEW
@given(readings, st.integers(min_value=46, max_value=3000))
def test_silence_never_yields_ok_and_never_lowers_a_warning(known, age):
    before = run(NETWORK, known)
    after = by_place(run(NETWORK, known, before.villages, NOW + minutes(age)))
    for place, was in by_place(before).items():
        assert after[place].state is not State.OK
        if was.state in LEVELS:
            assert after[place].state is was.state
            assert after[place].held_since is not None


@FEW
@given(readings, st.lists(st.sampled_from([Flag.FAIL, Flag.SUSPECT]), min_size=1, max_size=8))
def test_failed_and_suspect_low_values_never_lower(known, flags):
    before = run(NETWORK, known)
    now = NOW + minutes(15 * len(flags))
    known = {name: _extend(item, flags) for name, item in known.items()}
    after = by_place(run(NETWORK, known, before.villages, now))
    for place, was in by_place(before).items():
        if was.state in LEVELS:
            assert RANK[after[place].state] >= RANK[was.state]


def _extend(item, flags):
    steps = item.times_s[-1] + 900.0 * np.arange(1, len(flags) + 1)
    low = np.full(len(flags), -0.1)
    return Series(
        np.append(item.times_s, steps),
        np.append(item.values, low),
        np.append(item.flags, np.array(flags, dtype=np.int8)),
    )


@FEW
@given(courses, st.floats(min_value=0.0, max_value=15.0), st.floats(min_value=0.0, max_value=15.0))
def test_more_distance_never_means_earlier_arrival(values, near_km, far_km):
    """For one rise: of two waves the first may have left the near village and not the far one.

    What may have come before now is not told apart. The level of a far village is less sure, so its
    earliest arrival may be told up to a third of the time sooner, at least ten minutes.
    """
    near_km, far_km = sorted((near_km, far_km))
    network = build_network(
        pack(
            rivers=(river("a"),),
            gauges=(gauge("g", "a", 20.0),),
            thresholds=thresholds("g"),
            exposures=(exposure("near", "a", 20.0 - near_km), exposure("far", "a", 20.0 - far_km)),
        )
    )
    found = by_place(run(network, {"g": series(sorted(values))}))
    near, far = found["near", "a"], found["far", "a"]
    if near.level is far.level:
        for name in ("earliest", "likely", "latest"):
            if getattr(far, name) is not None and getattr(near, name) is not None:
                first, second = (max(getattr(item, name), NOW) for item in (near, far))
                unsure = max((first - NOW) / 3, minutes(10)) if name == "earliest" else minutes(1)
                assert second >= first - unsure


@FEW
@given(readings)
def test_the_same_input_gives_the_same_result(known):
    assert run(NETWORK, known) == run(NETWORK, known)


@FEW
@given(readings)
def test_every_result_is_complete_and_in_words(known):
    result = run(NETWORK, known)
    for item in result.villages:
        assert item.sentence.endswith(".")
        assert all(0.0 <= p <= 1.0 for p in item.p_exceed.values())
        assert item.usable_p10_min is None or item.usable_p10_min >= 0.0
        assert item.state is not State.OK or item.driving_gauge is not None
    assert all(item.sentence.endswith(".") for item in result.gauges)


def test_a_gauge_elsewhere_does_not_change_a_river():
    extra = nette_pack(
        rivers=(*nette_pack().rivers, river("elz")),
        gauges=(*nette_pack().gauges, gauge("bermel", "elz", 40.0)),
    )
    known = {name: series([0.4, 0.6, 0.8, 1.0]) for name in GAUGES}
    alone, beside = by_place(run(NETWORK, known)), by_place(run(build_network(extra), known))

    assert alone == {place: beside[place] for place in alone}
