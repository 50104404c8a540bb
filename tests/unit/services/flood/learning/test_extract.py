import numpy as np
import pytest

from services.flood.hindcast.waves import find_waves
from services.flood.learning.extract import extract_lags
from services.flood.learning.instants import crossing, front_of, peak, steepest
from services.flood.learning.model import LagKind
from services.flood.model import Flag, Series
from tests.unit.services.flood.learning_waves import (
    BERLIN,
    START_S,
    creek_pack,
    passage,
    records,
    wave,
)
from tests.unit.services.flood.scenario import gauge, river, thresholds

PACK = creek_pack()


def found(readings, pack=PACK, origins=None):
    return extract_lags(pack, records(pack, readings, origins), BERLIN)


def without(series, keep):
    return Series(series.times_s[keep], series.values[keep], series.flags[keep])


def test_peak_rise_and_each_level_that_both_crossed_are_timed():
    extraction = found(passage(lag_h=4.0))

    assert {item.kind for item in extraction.found} == set(LagKind)
    assert extraction.refused == ()
    for item in extraction.found:
        assert item.lag_min == pytest.approx(240.0, abs=6.0), item.kind
        assert (item.upper, item.lower, item.origin) == ("oben", "unten", "live")
        assert item.observed.speed_ms == pytest.approx(20_000 / 14_400, rel=0.03)


def test_instants_between_readings_are_found_to_half_of_the_step():
    series = wave(20.13)
    front = front_of(series, find_waves(series)[0])

    assert (peak(front).at_s - START_S) / 3600.0 == pytest.approx(20.13, abs=0.125)
    assert (steepest(front).at_s - START_S) / 3600.0 == pytest.approx(18.13, abs=0.08)
    level = 0.4 + 2.0 * np.exp(-0.5)
    crossed = crossing(front, float(level))
    assert crossed is not None
    assert (crossed.at_s - START_S) / 3600.0 == pytest.approx(18.13, abs=0.02)
    assert crossing(front, 5.0) is None


def test_the_spread_holds_pair_noise_and_sampling_of_both_gauges():
    item = next(lag for lag in found(passage()).found if lag.kind is LagKind.RISE)

    sampling = np.hypot(15.0, 15.0) / np.sqrt(12.0)
    assert item.sigma_ln == pytest.approx(np.hypot(0.15, sampling / item.lag_min))


def test_the_flow_is_that_of_the_instant_at_the_upper_gauge():
    by_kind = {item.kind: item.exceedance for item in found(passage()).found}

    assert by_kind[LagKind.VORALARM] == 1.0
    assert by_kind[LagKind.ALARM] == 2.1
    assert by_kind[LagKind.PEAK] > 2.1
    bare = creek_pack(thresholds=())
    assert {item.exceedance for item in found(passage(), bare).found} == {None}


def test_the_day_of_the_peak_names_the_event_in_local_time():
    # 48 h before 20:00 Berlin on 14 July 2021; the peak comes 29 h later, after local midnight
    extraction = found({"oben": wave(29.0), "unten": wave(33.0)})

    assert {item.event for item in extraction.found} == {"2021-07-14"}


def test_suspect_and_failed_readings_take_no_part():
    upper = wave(20.0)
    values, flags = upper.values.copy(), upper.flags.copy()
    values[70], flags[70] = 5.9, Flag.FAIL
    values[72], flags[72] = 5.8, Flag.SUSPECT
    spoilt = Series(upper.times_s, values, flags)

    plain = found(passage()).found
    assert [item.lag_min for item in found(passage(oben=spoilt)).found] == pytest.approx(
        [item.lag_min for item in plain], abs=6.0
    )


def test_a_gap_in_a_front_refuses_the_passage_with_the_reason():
    upper = wave(20.0)
    keep = np.ones(upper.times_s.size, dtype=bool)
    keep[74:76] = False
    extraction = found(passage(oben=without(upper, keep)))

    assert extraction.found == ()
    assert extraction.refused[0].reason == "Lücke von 45 Minuten im Anstieg"


def test_one_lost_reading_is_no_gap():
    upper = wave(20.0)
    keep = np.ones(upper.times_s.size, dtype=bool)
    keep[74] = False

    assert len(found(passage(oben=without(upper, keep))).found) == 5


def test_the_jitter_of_a_sensor_makes_no_gap():
    upper = wave(20.0)
    keep = np.ones(upper.times_s.size, dtype=bool)
    keep[74] = False
    late = upper.times_s + np.where(np.arange(keep.size) == 75, 60.0, 0.0)
    readings = passage(oben=without(Series(late, upper.values, upper.flags), keep))

    assert len(found(readings).found) == 5


def test_the_least_trusted_origin_of_either_front_counts():
    assert {item.origin for item in found(passage(), origins={"unten": "drill"}).found} == {"drill"}
    mixed = found(passage(), origins={"oben": "simulated", "unten": "imported"})
    assert {item.origin for item in mixed.found} == {"simulated"}


def test_ripples_are_not_learnt_from():
    assert found({"oben": wave(20.0, height=0.1), "unten": wave(24.0, height=0.1)}).found == ()


def test_a_wave_that_has_not_ended_is_left_for_later():
    readings = {
        name: without(item, item.times_s < START_S + 22 * 3600) for name, item in passage().items()
    }

    assert found(readings).found == ()


def test_a_travel_time_below_its_own_uncertainty_is_refused():
    near = creek_pack(
        gauges=(gauge("oben", "nette", 22.0), gauge("unten", "nette", 20.0)),
        thresholds=(),
    )
    extraction = found({"oben": wave(20.0), "unten": wave(20.1)}, near)

    assert extraction.found == ()
    assert all("Messunsicherheit" in item.reason for item in extraction.refused)


def test_a_confluence_on_the_way_is_pointed_out():
    joined = creek_pack(
        rivers=(river("nette"), river("nitz", 26.0, "nette", 30.0)),
        gauges=(gauge("oben", "nitz", 10.0), gauge("unten", "nette", 20.0)),
        thresholds=thresholds("oben") + thresholds("unten"),
    )

    assert all("Einmündung" in item.warning for item in found(passage(), joined).found)
    assert {item.warning for item in found(passage()).found} == {""}


def test_only_neighbours_are_paired():
    three = creek_pack(
        gauges=(
            gauge("oben", "nette", 40.0),
            gauge("mitte", "nette", 30.0),
            gauge("unten", "nette", 20.0),
        ),
        thresholds=thresholds("oben") + thresholds("mitte") + thresholds("unten"),
    )
    extraction = found(passage() | {"mitte": wave(22.0)}, three)

    assert {(item.upper, item.lower) for item in extraction.found} == {
        ("oben", "mitte"),
        ("mitte", "unten"),
    }


def test_a_speed_that_water_does_not_have_is_proposed_with_a_warning():
    extraction = found(passage(unten=wave(20.7)))
    fast = next(item for item in extraction.found if item.kind is LagKind.PEAK)

    assert fast.observed.speed_ms > 6.0
    assert "unplausibel" in fast.warning


def test_travel_times_of_one_wave_that_contradict_each_other_are_marked():
    broad = wave(24.0, width_h=4.5)
    extraction = found(passage(unten=broad))

    lags = [item.lag_min for item in extraction.found]
    assert max(lags) > 2.0 * min(lags)
    assert all("widersprechen sich" in item.warning for item in extraction.found)
