"""A rise that has begun, prolonged by the rain that fell."""

import numpy as np
import pytest

from services.flood.rain.rise import MOST, Response, rain_rise
from services.flood.rain.runoff import effective_rain
from services.flood.rain.series import GaugeRain, RainSeries
from services.flood.rain.unit_hydrograph import nash

NOW_S = 1_600_000_000.0
MINUTE, HOUR = 60.0, 3600.0
RESPONSE = Response(curve_number=70.0, slopes_h=2.0, river_h=1.0, specific_of_one=0.06)


def rain(mm, hours_ago):
    """Rain that fell evenly between two instants, told every five minutes until now."""
    times = NOW_S + np.arange(-24 * 12, 1) * 5 * MINUTE
    begin, end = (NOW_S - hours * HOUR for hours in hours_ago)
    wet = (times > begin) & (times <= end)
    return RainSeries(times, np.where(wet, mm / max(wet.sum(), 1), 0.0), NOW_S)


def answered(series, scale=1.0, lag_h=3.0):
    """Readings of a gauge whose catchment answers as expected, times a factor."""
    step_h = 5.0 / 60.0
    runoff = np.diff(effective_rain(np.cumsum(series.depth_mm), 70.0), prepend=0.0)
    late = np.convolve(runoff, nash(lag_h, step_h))[: series.times_s.size]
    e = 0.1 + scale * late * 1000.0 / (5 * MINUTE) / RESPONSE.specific_of_one
    keep = slice(None, None, 3)
    return series.times_s[keep], e[keep]


def prolonged(series, readings, members=200):
    heard = GaugeRain(series, series)
    return rain_rise(RESPONSE, heard, readings, NOW_S, members, np.random.default_rng(1))


def most(rise):
    return float(np.median(rise.change[:, rise.times_s >= NOW_S].max(axis=1)))


def test_rain_of_the_last_hour_is_still_to_come_and_that_of_six_hours_ago_has_passed():
    late, early = rain(40.0, (1.5, 0.0)), rain(40.0, (7.5, 6.0))
    coming = prolonged(late, answered(late))
    gone = prolonged(early, answered(early))

    assert most(coming) > 0.5
    assert most(gone) < 0.1


def test_the_gauge_tells_how_much_the_catchment_gives():
    series = rain(40.0, (3.0, 0.5))
    usual = most(prolonged(series, answered(series)))

    assert most(prolonged(series, answered(series, 2.0))) == pytest.approx(2.0 * usual, rel=0.35)


def test_what_will_come_is_near_to_what_the_same_catchment_gives():
    series = rain(40.0, (3.0, 0.5))
    whole = rain(40.0, (3.0, 0.5))
    later = RainSeries(
        np.append(whole.times_s, NOW_S + np.arange(1, 145) * 5 * MINUTE),
        np.append(whole.depth_mm, np.zeros(144)),
        NOW_S,
    )
    times, e = answered(later)
    peak = e.max() - e[times <= NOW_S][-1]
    rise = prolonged(series, answered(series), 1000)
    gains = rise.change[:, rise.times_s >= NOW_S].max(axis=1)

    assert np.quantile(gains, 0.1) < peak < np.quantile(gains, 0.9)


def test_a_rise_that_no_rain_explains_is_left_to_the_trend():
    series = rain(5.0, (1.0, 0.5))
    times, _ = answered(series)
    e = np.interp(times, [NOW_S - 6 * HOUR, NOW_S - 5 * HOUR, NOW_S], [0.1, 0.1, 3.0])

    assert prolonged(series, (times, e)).trust < 0.1 * MOST


def test_without_rain_nothing_is_said():
    series = rain(0.0, (1.0, 0.0))

    assert prolonged(series, answered(series)) is None


def test_the_sides_answer_before_the_gauge():
    series = rain(40.0, (1.5, 0.5))
    rise = prolonged(series, answered(series))
    gauge = rise.times_s[np.argmax(np.median(rise.change, axis=0))]
    sides = rise.times_s[np.argmax(np.median(rise.sides, axis=0))]

    assert sides < gauge


def test_a_forecast_counts_as_rain_until_it_ends():
    series = rain(20.0, (2.0, 0.0))
    ahead = NOW_S + np.arange(1, 25) * 5 * MINUTE
    dry = RainSeries(
        np.append(series.times_s, ahead), np.append(series.depth_mm, np.zeros(24)), NOW_S
    )
    wet = RainSeries(
        np.append(series.times_s, ahead), np.append(series.depth_mm, np.full(24, 2.0)), NOW_S
    )
    readings = answered(series)

    assert most(prolonged(wet, readings)) > 2.0 * most(prolonged(dry, readings))


def test_sides_that_answer_as_planned_stand_as_high_as_the_gauge_after_long_rain():
    series = rain(100.0, (18.0, 4.0))
    readings = answered(series)
    rise = prolonged(series, readings, 1000)
    now = int(np.argmin(np.abs(rise.times_s - NOW_S)))

    assert rise.trust > 0.5
    assert float(np.median(rise.sides[:, now])) < readings[1][-1]
    assert float(np.median(rise.sides[:, -1])) < float(np.median(rise.sides[:, now]))
