"""Our tests beside those of ioos_qc: equal where definitions coincide, named where they differ."""

import csv
import math
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ioos_qc import qartod  # type: ignore[import-untyped]  # no types are published

from services.flood.model import Flag, Series
from services.flood.qc import Limits
from services.quality.receipt import judge_value, look_back
from services.quality.rules import _OPEN, Checks
from tests.support.requirements import shared_path

STEP_S = 900.0
SUSPECT, FAIL = 1.0, 2.5
levels = st.lists(
    st.floats(-20, 20, allow_nan=False).map(lambda value: round(value, 3)), min_size=3, max_size=40
)


def times(values):
    return 1.7e9 + STEP_S * np.arange(len(values))


def instants(values):
    return times(values).astype("datetime64[s]")


def trusted(values):
    array = np.array(values, dtype=float)
    return Series(times(values), array, np.full(len(values), Flag.GOOD, dtype=np.int8))


def limits(**changed):
    base = {name: getattr(_OPEN, name) for name in Limits.__slots__}
    return Checks(Limits(**{**base, **changed}))


def judged_alone(values, checks):
    """Judge each value by the ones before, all of which are trusted."""
    found = []
    for index in range(len(values)):
        before = Series(*(part[:index] for part in (
            trusted(values).times_s, trusted(values).values, trusted(values).flags
        )))  # fmt: skip
        verdict = judge_value(before, times(values)[index], float(values[index]), checks)
        found.append(int(verdict.flag))
    return found


@settings(deadline=None)
@given(levels)
def test_gross_and_user_range_are_those_of_the_oracle(values):
    checks = limits(range_min=-10.0, range_max=12.0, user_min=-5.0, user_max=5.0)
    expected = qartod.gross_range_test(values, fail_span=(-10, 12), suspect_span=(-5, 5))
    assert judged_alone(values, checks) == expected.tolist()


@settings(deadline=None)
@given(levels)
def test_a_change_beyond_the_rate_is_flagged_as_by_the_oracle(values):
    checks = limits(rate_suspect=SUSPECT, rate_fail=FAIL)
    near = [
        abs(abs(after - before) - limit) < 1e-6
        for before, after in pairwise(values)
        for limit in (SUSPECT, FAIL)
    ]
    if any(near):
        return  # a change of exactly the limit: rounding decides
    expected = qartod.rate_of_change_test(
        values, instants(values), threshold=SUSPECT / STEP_S, fail_threshold=FAIL / STEP_S
    )
    assert judged_alone(values, checks) == expected.tolist()


def last_but_one(values, checks):
    found = look_back(trusted(values), checks)
    return Flag.GOOD if found is None else int(found.flag)


@settings(deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=3, max_size=3))
def test_no_spike_is_found_that_the_oracle_does_not_find(values):
    checks = limits(spike_suspect=0.15, spike_fail=0.4)
    oracle = qartod.spike_test(values, suspect_threshold=0.15, fail_threshold=0.4).tolist()[1]
    ours = last_but_one(values, checks)
    assert ours in {int(oracle), Flag.GOOD}


@settings(deadline=None)
@given(st.floats(0.01, 5).map(lambda height: round(height, 3)), st.sampled_from((-1.0, 1.0)))
def test_a_lone_peak_gets_the_flag_of_the_oracle(height, side):
    if any(math.isclose(height, limit) for limit in (0.15, 0.4)):
        return
    values = [1.0, 1.0 + side * height, 1.0]
    checks = limits(spike_suspect=0.15, spike_fail=0.4)
    oracle = qartod.spike_test(values, suspect_threshold=0.15, fail_threshold=0.4).tolist()[1]
    assert last_but_one(values, checks) == oracle


def test_on_purpose_a_rise_that_stays_is_no_spike():
    """The oracle flags the edge of a step; for us it may be the front of a flash flood."""
    values = [1.0, 2.2, 2.5]
    oracle = qartod.spike_test(values, suspect_threshold=0.15, fail_threshold=0.4).tolist()[1]
    assert oracle == Flag.FAIL
    assert last_but_one(values, limits(spike_suspect=0.15, spike_fail=0.4)) == Flag.GOOD


def test_on_purpose_a_rise_is_confirmed_by_the_value_that_follows():
    """The oracle keeps a fast rise suspect for ever; we take it back once the water stays high."""
    checks = Checks(Limits())
    values = [1.0, 1.0, 2.4]
    series = trusted(values)
    first = judge_value(
        Series(series.times_s[:2], series.values[:2], series.flags[:2]),
        series.times_s[2],
        2.4,
        checks,
    )
    assert first.flag == Flag.SUSPECT
    later = trusted([*values, 2.6])
    later.flags[2] = first.flag
    found = look_back(later, checks)
    assert found is not None
    assert found.flag == Flag.GOOD


@settings(deadline=None)
@given(st.lists(st.sampled_from((10.0, 10.0, 10.0, 10.5)), min_size=30, max_size=60))
def test_a_flat_line_is_flagged_as_by_the_oracle(values):
    checks = Checks(
        limits(flat_tolerance=0.0, flat_suspect_h=3.0, flat_fail_h=6.0).limits, flat_alone=True
    )
    oracle = qartod.flat_line_test(
        values, instants(values), suspect_threshold=10_800, fail_threshold=21_600, tolerance=1e-9
    )
    assert judged_alone(values, checks) == oracle.tolist()


@pytest.fixture(scope="module")
def wave():
    path = shared_path("data") / "flood-wave-15min" / "Q_2014-01.csv"
    with path.open(encoding="utf-8") as handle:
        rows = [row for row in csv.DictReader(handle) if row["ID"] == "100000"]
    rows.sort(key=lambda row: row["Time"])
    at = [datetime.fromisoformat(row["Time"]).replace(tzinfo=UTC).timestamp() for row in rows]
    return np.array(at), np.array([float(row["Q"]) for row in rows])


def test_on_the_real_wave_ranges_and_rates_agree(wave):
    at, flow = wave
    top, step = float(np.quantile(flow, 0.98)), float(np.quantile(np.abs(np.diff(flow)), 0.99))
    ours, rates = [], []
    wide = limits(range_min=0.0, range_max=top)
    fast = limits(rate_suspect=step, rate_fail=10 * step)
    for index in range(1, flow.size):
        before = Series(at[index - 1 : index], flow[index - 1 : index], np.ones(1, dtype=np.int8))
        ours.append(int(judge_value(before, at[index], float(flow[index]), wide).flag))
        rates.append(int(judge_value(before, at[index], float(flow[index]), fast).flag))
    assert ours == qartod.gross_range_test(flow, fail_span=(0, top)).tolist()[1:]
    oracle = qartod.rate_of_change_test(
        flow,
        at.astype("datetime64[s]"),
        threshold=step / STEP_S * (1 + 1e-12),
        fail_threshold=10 * step / STEP_S,
    )
    assert Flag.SUSPECT in rates
    assert rates == oracle.tolist()[1:]
