"""A gauge that has others above it: the higher of its own nowcast and what is routed to it.

What comes from above may raise what the gauge's own rise promises, it takes nothing back.
"""

from dataclasses import replace

import numpy as np

from services.flood.arrivals import LEAD_SPREAD, timing
from services.flood.exceedance import Scale
from services.flood.gauge_status import Draws, GaugeStatus
from services.flood.joint import JointForecast
from services.flood.nowcast import Ensemble

RISE_M = 0.05
RISING_SHARE = 0.1
"""Levels may be crossed when a tenth of the members rises by more than noise (estimates)."""


def with_routed(
    status: GaugeStatus, scale: Scale, forecast: JointForecast, draws: Draws
) -> GaugeStatus:
    """Return the gauge with courses that know what comes from above; itself without any above.

    The routing begins at the gauge's last reading and lets its own nowcast fade (`joint`). A member
    is as early or late here as at the villages (`arrivals.LEAD_SPREAD`).
    """
    own = status.courses
    e = forecast.gauge_e.get(status.gauge.gauge_id)
    if own is None or e is None or status.is_assumed or not status.is_usable:
        return status
    grid = forecast.grid
    now_s = float(grid.times_s[grid.now_step])
    ahead = np.maximum(own.times_s - now_s, 0.0) * np.exp(-LEAD_SPREAD * timing(draws))[:, None]
    instants = np.minimum(own.times_s, now_s) + ahead
    above = np.array(
        [np.interp(at, grid.times_s, row) for at, row in zip(instants, e, strict=True)]
    )
    told = np.maximum(scale.from_reading(own.members[:, 0], above), own.members)
    told[:, 0] = own.members[:, 0]
    risen = told.max(axis=1) - told[:, 0] > RISE_M * status.metre
    may_cross = own.may_cross or bool(risen.mean() >= RISING_SHARE)
    return replace(status, courses=Ensemble(own.times_s, told, may_cross), _crossings={})
