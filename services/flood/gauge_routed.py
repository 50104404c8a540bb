"""A gauge that has others above it: its own nowcast first, then what is routed to it from above."""

from dataclasses import replace

import numpy as np

from services.flood.exceedance import Scale
from services.flood.gauge_status import GaugeStatus
from services.flood.joint import JointForecast
from services.flood.nowcast import Ensemble
from services.flood.regular import on_grid

RISE_M = 0.05
RISING_SHARE = 0.1
"""Levels may be crossed when a tenth of the members rises by more than noise (estimates)."""


def with_routed(status: GaugeStatus, scale: Scale, forecast: JointForecast) -> GaugeStatus:
    """Return the gauge with courses that know what comes from above; itself without any above.

    The routing holds the gauge's own nowcast at its last reading and lets it fade (`joint`).
    """
    own = status.courses
    e = forecast.gauge_e.get(status.gauge.gauge_id)
    if own is None or e is None or status.is_assumed or not status.is_usable:
        return status
    told = scale.value(on_grid(forecast.grid.times_s, e.astype(np.float64), own.times_s))
    told[:, 0] = own.members[:, 0]
    risen = told.max(axis=1) - told[:, 0] > RISE_M * status.metre
    may_cross = own.may_cross or bool(risen.mean() >= RISING_SHARE)
    return replace(status, courses=Ensemble(own.times_s, told, may_cross), _crossings={})
