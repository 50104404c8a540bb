"""Random faults of virtual sensors: outages that prefer the peak, stuck, spikes, debris, drift."""

from datetime import datetime, timedelta
from typing import Final

import numpy as np

from data.region_pack.scenarios import SensorFault

OUTAGE_CHANCE: Final = 0.10
OUTAGE_CHANCE_HIGH: Final = 0.25
"""Chance of an outage in an event; the second one for a gauge that sees a flood (estimates; in July
2021 gauges were destroyed at the peak)."""
WEIBULL_SHAPE: Final = 0.8
OUTAGE_SCALE_H: Final = 1.765
"""Weibull length of an outage: mean 2 h with this shape, 1.765 Γ(1 + 1/0.8) = 2.0 (estimate)."""
LONGEST_H: Final = 12.0
PEAK_SPREAD_H: Final = 2.0
"""An outage of a gauge that sees a flood begins around the peak, with this spread (estimate)."""
OTHERS: Final = {
    "stuck": ((0.01, 0.02), (3.0, 8.0), (0.0, 0.0)),
    "spike": ((0.02, 0.02), (2.0, 6.0), (0.5, 1.5)),
    "step": ((0.01, 0.05), (3.0, 12.0), (0.2, 0.5)),
    "drift": ((0.01, 0.01), (6.0, 18.0), (0.1, 0.3)),
}
"""Chance in an event without and with a flood at the gauge, hours, size in m of the other faults.
Estimates: 0.02 in 36 h is a spiking sensor once in 75 days; debris comes with floods."""


def random_faults(
    gauge_id: str,
    window: tuple[datetime, datetime],
    peak_at: datetime | None,
    generator: np.random.Generator,
) -> list[SensorFault]:
    """Return the faults of one gauge in an event; `peak_at` is None where it sees no flood."""
    start, end = window
    span_h = (end - start) / timedelta(hours=1)
    found = []
    chance = OUTAGE_CHANCE if peak_at is None else OUTAGE_CHANCE_HIGH
    if generator.random() < chance:
        begin = start + timedelta(hours=generator.uniform(0.0, span_h))
        if peak_at is not None:
            begin = peak_at + timedelta(hours=PEAK_SPREAD_H * generator.standard_normal())
        hours = min(OUTAGE_SCALE_H * generator.weibull(WEIBULL_SHAPE) + 0.1, LONGEST_H)
        found.append(_fault(gauge_id, "still", (begin, hours), None))
    for kind, (shares, lengths, sizes) in OTHERS.items():
        if generator.random() < shares[peak_at is not None]:
            begin = start + timedelta(hours=generator.uniform(0.0, span_h))
            size = None if kind == "stuck" else float(generator.uniform(*sizes))
            found.append(_fault(gauge_id, kind, (begin, generator.uniform(*lengths)), size))
    return found


def _fault(
    gauge_id: str, kind: str, when: tuple[datetime, float], size_m: float | None
) -> SensorFault:
    return SensorFault.model_validate(
        {
            "gauges": (gauge_id,),
            "start": when[0],
            "end": when[0] + timedelta(hours=when[1]),
            "kind": kind,
            "size_m": size_m,
        }
    )
