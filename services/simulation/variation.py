"""Truth parameters of one event: nobody knows the real creek, so each event draws another one.

Roughness, hidden side inflow and sections differ from the pack's and thus from what the engine
may believe; the thresholds stay those of the base truth, for a bank does not move.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from services.simulation.channel import Channel
from services.simulation.truth import (
    HIDDEN_INFLOW,
    ROUGHNESS_FACTOR,
    Truth,
    accumulate,
)

FloatArray = NDArray[np.float64]

ROUGHNESS_RANGE = (0.7, 1.3)
"""Manning's n of an event over that of the pack's reaches (docs/method/verification.md)."""
HIDDEN_RANGE = (1.10, 1.30)
"""Area of an event over the mapped one: 10 to 30 % of side inflow that no map shows."""
RIVER_SIGMA = 0.10
SECTION_SIGMA = 0.10
"""Log-normal spread of roughness by river, of width and bankfull depth by reach (estimates)."""
LAG_RANGE_H = (1.5, 3.5)
"""Lag of the hill slopes in hours, around the base truth's 2.8 (estimate)."""
CURVE_NUMBERS = (60.0, 85.0)
BASE_FLOW_SIGMA = 0.4
"""Log-normal spread of the low flow that an event begins with (estimate)."""


@dataclass(frozen=True, slots=True)
class EventTruth:
    """The truth of one event with what its runoff needs; `lag_h` has one value per cell."""

    truth: Truth
    lag_h: FloatArray
    curve_number: float
    base_factor: float


def vary(base: Truth, generator: np.random.Generator) -> EventTruth:
    """Return a truth with parameters drawn anew from the base truth's sections."""
    rivers = sorted({river for river, _ in base.cell_ids})
    river_of = np.array([rivers.index(river) for river, _ in base.cell_ids])
    reach_of = np.unique(base.channel.slope, return_inverse=True)[1]
    rough = generator.uniform(*ROUGHNESS_RANGE) / ROUGHNESS_FACTOR
    rough = rough * np.exp(RIVER_SIGMA * generator.standard_normal(len(rivers)))[river_of]
    width = np.exp(SECTION_SIGMA * generator.standard_normal(reach_of.max() + 1))[reach_of]
    bank = np.exp(SECTION_SIGMA * generator.standard_normal(reach_of.max() + 1))[reach_of]
    area = base.area_km2 * generator.uniform(*HIDDEN_RANGE) / HIDDEN_INFLOW
    truth = replace(
        base,
        channel=_scaled(base.channel, rough, width, bank),
        area_km2=area,
        upstream_km2=accumulate(area, base.downstream),
    )
    lag = generator.uniform(*LAG_RANGE_H)
    lags = lag * np.exp(RIVER_SIGMA * generator.standard_normal(len(rivers)))
    return EventTruth(
        truth=truth,
        lag_h=lags[river_of],
        curve_number=float(generator.uniform(*CURVE_NUMBERS)),
        base_factor=float(np.exp(BASE_FLOW_SIGMA * generator.standard_normal())),
    )


def _scaled(channel: Channel, rough: FloatArray, width: FloatArray, bank: FloatArray) -> Channel:
    return replace(
        channel,
        width_m=channel.width_m * width,
        floodplain_m=channel.floodplain_m * width,
        manning_n=channel.manning_n * rough,
        floodplain_n=channel.floodplain_n * rough,
        bankfull_m=channel.bankfull_m * bank,
    )
