from dataclasses import replace
from datetime import timedelta

from services.gauge_context.earlier import STEP, earlier_forecasts, is_higher, sampled
from tests.support.sample_water import NOW, band

PRESENT = band()


def raised(by):
    return replace(PRESENT, p50=tuple(value + by for value in PRESENT.p50))


def test_of_each_half_hour_that_is_over_the_last_run_is_taken():
    runs = [(f"run-{minute}", NOW - timedelta(minutes=minute)) for minute in range(100)]
    chosen = [run_id for run_id, _ in sampled(runs, NOW)]
    assert chosen == ["run-30", "run-60", "run-90"]


def test_the_run_that_is_shown_anyway_is_not_an_earlier_one():
    assert sampled([("now", NOW)], NOW) == []


def test_a_higher_forecast_stays_first_when_a_lower_one_comes():
    bands = {NOW - STEP: PRESENT, NOW - 2 * STEP: raised(0.5), NOW - 3 * STEP: PRESENT}
    found = earlier_forecasts(bands, PRESENT, "m")
    assert found[0].is_higher
    assert found[0].issued_at == NOW - 2 * STEP
    assert found[0].peak == max(raised(0.5).p50)
    assert not any(one.is_higher for one in found[1:])


def test_a_forecast_that_moved_by_centimetres_was_not_higher():
    found = earlier_forecasts({NOW - STEP: raised(0.05)}, PRESENT, "m")
    assert [one.is_higher for one in found] == [False]
    assert is_higher(1.6, 1.5, "m")
    assert not is_higher(10.5, 10.0, "m³/s")
    assert is_higher(11.0, 10.0, "m³/s")


def test_a_higher_forecast_of_a_gauge_without_a_present_one_is_no_comparison():
    found = earlier_forecasts({NOW - STEP: raised(1.0)}, None, "m")
    assert [one.is_higher for one in found] == [False]
    assert earlier_forecasts({}, PRESENT, "m") == ()
