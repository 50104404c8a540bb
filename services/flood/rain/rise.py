"""What a rise that has begun will bring, from the rain that fell: courses of one gauge in e.

A trend of the readings knows how fast a gauge rises, not how much is still to come. The rain of the
last hours does: it is on its way for as long as the slopes delay it. So many responses (curve
number, lag, how long the rain goes on) are compared with the rise that was read, those that fit
count more, and each member follows one of them from the last reading on. The gauge stays the
witness: only a rise that it shows is prolonged, its height comes from the gauge, and where no
response fits the readings the trend alone speaks.
"""

import math
from dataclasses import dataclass

import numpy as np

from services.convolution import delayed
from services.flood.celerity import stratified_normal
from services.flood.constants import HORIZON_H, SECONDS_PER_HOUR
from services.flood.model import FloatArray
from services.flood.rain.rain_members import MM_KM2
from services.flood.rain.runoff import effective_rain
from services.flood.rain.series import GaugeRain, RainSeries
from services.flood.rain.unit_hydrograph import RESERVOIRS
from services.flood.regular import on_grid
from services.flood.reweight import resample, weights

STEP_S = 600.0
BACK_H = 24.0
"""Step of the responses and hours of rain that count as one event."""

POOL = 400
CN_SIGMA = 9.0
CN_RANGE = (40.0, 95.0)
LAG_SIGMA = 0.4
"""Responses to choose from, as many as cost a hundredth of a second (estimates): curve number
around the region's, ln of the lag around the planned one
(estimates; on simulated events the lag came out 6 % longer than planned)."""

RECENT_H = 0.5
LASTING_H = 0.3
LASTING_SHARE = 0.5
LONGEST_H = 8.0
LASTING_SIGMA = 0.9
TOTAL_SIGMA = 0.3
"""How the rain goes on where no forecast tells it: it fades from its mean of the last half hour,
with a time of 0.3 h + half of the hours that it has lasted (depth of twelve hours over that mean,
at most 8 h), spread of ln 0.9: what has lasted long goes on longer. All estimates, chosen on 48
simulated events (seed 1, numbers 100 to 147)."""

WINDOW_H = 8.0
SCALE_SIGMA = 0.7
NOISE_E = 0.04
NOISE_SHARE = 0.12
EFFECTIVE_READINGS = 5.0
"""Readings that responses are compared with; spread of the factor between planned and read
runoff, error of a good response in e and as a share, readings that count as independent
(estimates)."""

MISFIT_H = 1.0
MISFIT_E, MISFIT_SHARE = 0.05, 0.2
EXPLAINED = 0.5
MOST = 0.9
"""Trust = 0.9 exp(-m / 2), m the mean square of the last hour's misfit over 0.05 + 20 % of the
rise; none where the responses explain less than half of the rise at the last reading, beyond the
error of a reading: a flash flood from a cell that the rain data missed is left to the trend, and so
is always a tenth of the members (estimates)."""

LEAST_FACTOR = 0.05
"""Least part of the planned runoff that a catchment gives (estimate)."""

LOOK_BACK = int(12.0 * SECONDS_PER_HOUR / STEP_S)
_BACK = int(BACK_H * SECONDS_PER_HOUR / STEP_S)
_AHEAD = int((HORIZON_H + 1.0) * SECONDS_PER_HOUR / STEP_S)


@dataclass(frozen=True, slots=True)
class Response:
    """How a gauge's catchment answers rain: curve number, lags, runoff in m³/s/km² of e = 1.

    The slopes delay the rain by `slopes_h`, the river above the gauge by `river_h` more.
    """

    curve_number: float
    slopes_h: float
    river_h: float
    specific_of_one: float

    @property
    def lag_h(self) -> float:
        """Return the lag of the whole catchment in hours."""
        return self.slopes_h + self.river_h


@dataclass(frozen=True, slots=True)
class Rise:
    """What each member makes of a rise, on a grid of instants, shape (members, steps).

    `change` is that of e since the last reading, `sides` the e of the areas beside the river below
    the gauge, `trust` the share of members that should follow, from 0 to `MOST`.
    """

    times_s: FloatArray
    change: FloatArray
    sides: FloatArray
    trust: float


@dataclass(frozen=True, slots=True)
class _Pool:
    """Responses to choose from: curve number, stretching of the lags, how the rain goes on."""

    curve_number: FloatArray
    lag: FloatArray
    lasting: FloatArray
    total: FloatArray


def rain_rise(
    response: Response,
    rain: GaugeRain,
    readings: tuple[FloatArray, FloatArray],
    now_s: float,
    members: int,
    generator: np.random.Generator,
) -> Rise | None:
    """Return what the rain makes of a rise, None when none has fallen.

    Parameters
    ----------
    response
        How the gauge's catchment is planned to answer.
    rain
        Rain above the gauge and beside the river below it.
    readings
        Epoch seconds and e of the valid readings, at least one.
    now_s
        The cycle's clock, epoch seconds.
    members
        Members to draw.
    generator
        Source of all randomness.
    """
    times_s, e = readings
    grid_s = now_s + STEP_S * np.arange(-_BACK, _AHEAD + 1, dtype=np.float64)
    if not _depths(rain.above, grid_s)[: _BACK + 1].any():
        return None
    pool = _pool(response, generator)
    runoff = _runoff(response, rain.above, pool, grid_s, response.lag_h)
    sides = _runoff(response, rain.sides, pool, grid_s, response.slopes_h)
    used = times_s >= float(times_s[-1]) - WINDOW_H * SECONDS_PER_HOUR
    t, read = times_s[used], e[used]
    excess = read - read.min()
    shape = on_grid(grid_s, runoff, t)
    shape = shape - shape.min(axis=1, keepdims=True)
    scale, sigma, logs = _fit(shape, excess)
    chance = weights([logs])
    chosen = resample(chance, members)
    factor = np.maximum(
        scale[chosen] + sigma[chosen] * stratified_normal(generator, members), LEAST_FACTOR
    )
    last = on_grid(grid_s, runoff[chosen], times_s[-1:])
    change = factor[:, None] * (runoff[chosen] - last)
    # what the rain of the day does not explain was there before and goes on
    before = np.maximum(float(e[-1]) - factor * last[:, 0], 0.0)
    is_late = t >= t[-1] - MISFIT_H * SECONDS_PER_HOUR
    told = scale[:, None] * shape[:, is_late]
    trust = _trust(chance, told, excess[is_late])
    return Rise(grid_s, change, before[:, None] + factor[:, None] * sides[chosen], trust)


def _trust(chance: FloatArray, told: FloatArray, read: FloatArray) -> float:
    """Return the share of members that should follow responses told and read in the last hour."""
    if float(chance @ told[:, -1]) < EXPLAINED * float(read[-1]) - NOISE_E:
        return 0.0
    off = np.square(told - read) / np.square(MISFIT_E + MISFIT_SHARE * read)
    return MOST * math.exp(-0.5 * float((chance @ off).mean()))


def _depths(series: RainSeries, grid_s: FloatArray) -> FloatArray:
    return series.on_grid(float(grid_s[0]) - STEP_S, STEP_S, grid_s.size)


def _pool(response: Response, generator: np.random.Generator) -> _Pool:
    z_number, z_lag, z_lasting, z_total = (stratified_normal(generator, POOL) for _ in range(4))
    number = np.clip(response.curve_number + CN_SIGMA * z_number, *CN_RANGE)
    return _Pool(
        number,
        np.exp(LAG_SIGMA * z_lag),
        np.exp(LASTING_SIGMA * z_lasting),
        np.exp(TOTAL_SIGMA * z_total),
    )


def _with_future(series: RainSeries, pool: _Pool, grid_s: FloatArray) -> FloatArray:
    """Return rain per response and step: what fell or is forecast, and how it may go on."""
    rain = _depths(series, grid_s)
    end = min(int((series.times_s[-1] - grid_s[0]) // STEP_S), grid_s.size - 1)
    recent = int(RECENT_H * SECONDS_PER_HOUR / STEP_S)
    intensity = float(rain[max(end - recent, 0) + 1 : end + 1].mean()) if end > 0 else 0.0
    fallen = float(rain[max(end - LOOK_BACK, 0) : end + 1].sum())
    duration_h = fallen / intensity * STEP_S / SECONDS_PER_HOUR if intensity > 0 else 0.0
    lasting_h = (LASTING_H + LASTING_SHARE * min(duration_h, LONGEST_H)) * pool.lasting
    hours = np.maximum((np.arange(grid_s.size) - end) * STEP_S / SECONDS_PER_HOUR, 0.0)
    after = (pool.total * intensity)[:, None] * np.exp(-hours[None, :] / lasting_h[:, None])
    # the step of the newest value holds a part of what fell
    return np.where(hours[None, :] > 0, np.maximum(after, rain[None, :]), rain[None, :])


def _runoff(
    response: Response, series: RainSeries, pool: _Pool, grid_s: FloatArray, lag_h: float
) -> FloatArray:
    """Return e, shape (pool, grid): what a catchment with a lag in hours makes of its rain."""
    cumulative = np.cumsum(_with_future(series, pool, grid_s), axis=1)
    runoff = effective_rain(cumulative, pool.curve_number[:, None])
    effective = np.diff(runoff, axis=1, prepend=0.0)
    hours = (np.arange(grid_s.size) + 0.5) * STEP_S / SECONDS_PER_HOUR
    shape = hours ** (RESERVOIRS - 1) * np.exp(-hours * RESERVOIRS / (lag_h * pool.lag)[:, None])
    shape = shape / shape.sum(axis=1, keepdims=True)
    late = np.maximum(delayed(effective, shape, axis=1), 0.0)
    return np.asarray(late * (MM_KM2 / STEP_S / response.specific_of_one))


def _fit(shape: FloatArray, excess: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return factor, its spread and ln of the likelihood by response, each of shape (pool,).

    `shape` is the rise of each response at the readings, (pool, readings), `excess` the read one.
    """
    noise = np.square(NOISE_E + NOISE_SHARE * excess) * max(excess.size / EFFECTIVE_READINGS, 1.0)
    precision = 1.0 / SCALE_SIGMA**2 + np.sum(shape**2 / noise, axis=1)
    scale = (1.0 / SCALE_SIGMA**2 + np.sum(shape * excess / noise, axis=1)) / precision
    scale = np.maximum(scale, LEAST_FACTOR)
    logs = -0.5 * (
        np.sum(np.square(excess - scale[:, None] * shape) / noise, axis=1)
        + np.square((scale - 1.0) / SCALE_SIGMA)
        + np.log(precision)
    )
    return scale, 1.0 / np.sqrt(precision), logs
