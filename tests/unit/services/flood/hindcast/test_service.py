import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from data.region_pack.loader import load_region
from services.flood.cycle import run_cycle
from services.flood.hindcast.reader import Observations, ObservationsError, read_observations
from services.flood.hindcast.service import hindcast
from services.flood.model import Flag, Series, State
from services.flood.network import build_network
from tests.support.requirements import shared_path
from tests.unit.services.flood.scenario import NOW, flat, gauge, pack, river

ROOT = Path(__file__).resolve().parents[5]
REGION = ROOT / "tests" / "validation_region"
JANUARY = "data/flood-wave-15min/Q_2014-01.csv"

PACK = pack(
    rivers=(river("a"), river("b")),
    gauges=(
        gauge("upper", "a", 30.0),
        gauge("middle", "a", 20.0),
        gauge("lower", "a", 8.0),
        gauge("elsewhere", "b", 8.0),
    ),
)
DAYS = 30
STEP_S = 900.0


def waves(lag_min, seed=4, late_min=0.0):
    """Two surges a day, later by `lag_min`, in the second half by `late_min` more."""
    generator = np.random.default_rng(seed)
    times = np.arange(0.0, DAYS * 86400.0, STEP_S)
    values = np.full(times.size, 3.0)
    for half_day in range(1, 2 * DAYS - 1):
        start = half_day * 43200.0 + generator.uniform(0.0, 7200.0)
        height = generator.uniform(20.0, 60.0)
        start += (lag_min + (late_min if half_day > DAYS else 0.0)) * 60.0
        rise = np.clip((times - start) / 1800.0, 0.0, 1.0)
        fall = np.clip((times - start - 10800.0) / 3600.0, 0.0, 1.0)
        values += height * (rise - fall)
    return Series(times + NOW.timestamp(), values, np.full(times.size, Flag.GOOD, dtype=np.int8))


def observed(**series):
    return Observations("test.csv", "Q", series)


def three(late_min=0.0):
    return observed(upper=waves(0), middle=waves(100, late_min=late_min), lower=waves(220))


def test_a_known_lag_is_told_within_minutes_and_beats_the_baseline():
    report = hindcast(PACK, observed(upper=waves(0), middle=waves(100)))
    (pair,) = report.pairs

    assert pair.calibration_waves > 20
    assert pair.engine.median_abs_error_min < 2.0
    assert pair.baseline.median_abs_error_min == pytest.approx(100.0 - 10_000.0 / 120.0, abs=2.0)
    assert pair.engine.pod == 1.0
    assert pair.engine.far == 0.0
    assert pair.engine.median_lead_min > 0.0


def test_neighbours_are_apart_from_further_pairs_and_only_they_are_pooled():
    report = hindcast(PACK, three())

    assert [(pair.upper, pair.lower) for pair in report.pairs] == [
        ("upper", "middle"),
        ("middle", "lower"),
    ]
    assert [(pair.upper, pair.lower) for pair in report.further_pairs] == [("upper", "lower")]
    assert report.pooled_engine.n == sum(pair.engine.n for pair in report.pairs)


def test_the_score_half_teaches_nothing():
    before, after = hindcast(PACK, three()), hindcast(PACK, three(late_min=20.0))
    first, shifted = before.pairs[0], after.pairs[0]

    assert first.slope == shifted.slope
    assert first.sigma_ln == shifted.sigma_ln
    assert shifted.engine.median_error_min == pytest.approx(
        first.engine.median_error_min - 20.0, abs=1.0
    )


def test_a_front_that_comes_from_aside_is_a_miss_and_one_that_is_lost_a_false_alarm():
    upper, lower = waves(0), waves(100)
    lost = lower.values.copy()
    lost[int(lost.size * 0.6) : int(lost.size * 0.7)] = 3.0
    aside = upper.values.copy()
    aside[int(aside.size * 0.8) : int(aside.size * 0.9)] = 3.0
    alarms = hindcast(PACK, observed(upper=upper, middle=Series(lower.times_s, lost, lower.flags)))
    misses = hindcast(PACK, observed(upper=Series(upper.times_s, aside, upper.flags), middle=lower))

    assert alarms.pairs[0].engine.far > 0.1
    assert misses.pairs[0].engine.pod < 0.9


def test_without_waves_the_figures_are_missing_not_zero():
    still = flat(3.0, hours=48)
    report = hindcast(PACK, observed(upper=still, middle=still))
    found = report.pairs[0].engine

    assert found.n == 0
    assert found.median_abs_error_min is None
    assert found.pod is None
    assert "prior" in report.pairs[0].basis


def test_gauges_on_different_rivers_are_refused():
    with pytest.raises(ObservationsError, match="selben Flusslauf"):
        hindcast(PACK, observed(upper=waves(0), elsewhere=waves(100)))


def test_stage_observations_work_without_a_rating():
    def stage(lag):
        found = waves(lag)
        return Series(found.times_s, (found.values / 20.0) ** 0.6 - 0.5, found.flags)

    given = Observations("h.csv", "H", {"upper": stage(0), "middle": stage(100)})

    assert hindcast(PACK, given).pairs[0].engine.median_abs_error_min < 5.0


def test_the_report_is_plain_json():
    given = replace(three(), dropped={"out_of_range": {"upper": 2}})
    text = json.dumps(hindcast(PACK, given, "Europe/Berlin").to_dict(), allow_nan=False)
    found = json.loads(text)

    assert found["timezone"] == "Europe/Berlin"
    assert found["calibration_from"] == "2021-07-14T18:00:00Z"
    assert found["dropped"] == {"out_of_range": {"upper": 2}}
    assert set(found["pooled"]) == {"engine", "engine_latest", "baseline"}


def test_the_validation_region_is_a_valid_pack_with_villages_that_speak():
    network = build_network(load_region(REGION))
    quiet = {name: flat(10.0) for name in network.gauges}
    found = run_cycle(network, quiet, {}, NOW)

    assert [item.state for item in found.villages] == [State.OK] * 3
    assert "m³/s" in found.villages[0].sentence
    assert [len(item.paths) for item in network.villages] == [2, 3, 4]


def test_january_2014_meets_its_goals_on_neighbouring_pairs():
    """Documented figures of docs/method/hindcast.md; see there what is weak."""
    region = load_region(REGION)
    report = hindcast(region, read_observations(shared_path(JANUARY), region))

    assert [pair.distance_km for pair in report.pairs] == [9.15, 7.86, 12.25]
    for pair in report.pairs:
        assert pair.engine.n >= 24
        assert pair.engine.median_abs_error_min <= 15.0
        assert pair.engine.median_abs_error_min < pair.baseline.median_abs_error_min
    for pair in report.further_pairs:
        assert pair.engine.median_abs_error_min < pair.baseline.median_abs_error_min
    assert 0.7 <= report.pooled_engine.share_inside_80 <= 0.9
    assert [pair.engine.median_abs_error_min for pair in report.pairs] == pytest.approx(
        [2.0, 6.6, 9.9], abs=0.3
    )
