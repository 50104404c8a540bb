"""The virtual air: which gateways hear a virtual sensor, how well, and at which spreading factor.

Path loss after Okumura and Hata's form for LoRa in open country (log-distance, exponent estimated),
with shadowing drawn once for each pair and fading drawn for each frame; the same frame gives the
same receptions. The spreading factor is the least that the best gateway hears with a margin, as
adaptive data rate would choose.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from data.region_pack.rows import GaugeRow
from data.region_pack.sensor_rows import GatewayRow
from services.ingestion.model import Reception

SENT_DBM = 14.0
"""Highest usual power of EU868 devices (RP002-1.0.4: 16 dBm EIRP less antenna loss)."""
LOSS_1_KM_DB = 108.0
LOSS_PER_DECADE_DB = 28.0
SHADOW_DB = 6.0
FADING_DB = 3.0
"""Path loss at 1 km in valleys, growth by decade of distance, spreads: estimates."""
NOISE_DBM = -117.0
"""Thermal noise of 125 kHz (-174 + 51 dB) with a noise figure of 6 dB."""
BEST_SNR_DB = 11.0
"""A receiver reports no better ones."""
FLOORS_DB = {7: -7.5, 8: -10.0, 9: -12.5, 10: -15.0, 11: -17.5, 12: -20.0}
"""Least SNR by spreading factor (Semtech SX1276 data sheet, table 13)."""
MARGIN_DB = 8.0
"""What adaptive data rate leaves (estimate)."""
KM_PER_DEGREE = 111.2
LEAST_KM = 0.1
CHANNELS_HZ = (868_100_000, 868_300_000, 868_500_000)
"""The three channels that every EU868 device knows (RP002-1.0.4)."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How the virtual network heard a frame."""

    receptions: tuple[Reception, ...]
    spreading_factor: int
    frequency_hz: int


class VirtualAir:
    """Between the gauges and the gateways of a region pack that have a place."""

    def __init__(self, gauges: Mapping[str, GaugeRow], gateways: Sequence[GatewayRow]) -> None:
        self._means = {
            gauge_id: [
                (gateway.gateway_id, mean)
                for number, gateway in enumerate(gateways)
                if (mean := _mean_dbm(gauge, gateway, (order, number))) is not None
            ]
            for order, (gauge_id, gauge) in enumerate(sorted(gauges.items()))
        }

    def hear(self, gauge_id: str, f_cnt: int) -> Heard | None:
        """Return who heard a frame, None where the pack places no gateway or not the gauge.

        A frame that arrived was heard: the best gateway counts however weak.
        """
        means = self._means.get(gauge_id)
        if not means:
            return None
        generator = np.random.default_rng([*gauge_id.encode(), f_cnt])
        best = max(mean for _, mean in means) - NOISE_DBM
        factor = next((sf for sf, floor in FLOORS_DB.items() if best >= floor + MARGIN_DB), 12)
        found = []
        for gateway_id, mean in means:
            dbm = mean + float(generator.normal(0.0, FADING_DB))
            snr = min(dbm - NOISE_DBM, BEST_SNR_DB)
            found.append(Reception(gateway_id, round(dbm), round(snr, 1)))
        found.sort(key=lambda item: item.snr or 0.0, reverse=True)
        clear = [item for item in found if (item.snr or 0.0) >= FLOORS_DB[factor]]
        channel = CHANNELS_HZ[int(generator.integers(len(CHANNELS_HZ)))]
        return Heard(tuple(clear or found[:1]), factor, channel)


def _mean_dbm(gauge: GaugeRow, gateway: GatewayRow, seed: tuple[int, int]) -> float | None:
    if gauge.lat is None or gauge.lon is None or gateway.lat is None or gateway.lon is None:
        return None
    north = (gauge.lat - gateway.lat) * KM_PER_DEGREE
    east = (gauge.lon - gateway.lon) * KM_PER_DEGREE * math.cos(math.radians(gauge.lat))
    km = max(math.hypot(north, east), LEAST_KM)
    shadow = float(np.random.default_rng(seed).normal(0.0, SHADOW_DB))
    return SENT_DBM - LOSS_1_KM_DB - LOSS_PER_DECADE_DB * math.log10(km) + shadow
