"""A short name for all settings that a result depends on, beside the readings."""

import hashlib
from collections.abc import Mapping

from services.flood.exceedance import Scale
from services.flood.model import EngineGauge, Village
from services.flood.rain.network import RainNetwork
from services.flood.reach_graph import RiverSystem

_HASH_DIGITS = 12


def config_digest(
    gauges: Mapping[str, EngineGauge],
    villages: tuple[Village, ...],
    systems: tuple[RiverSystem, ...],
    scales: Mapping[str, Scale],
    rain: RainNetwork,
) -> str:
    """Return the digest of gauges, villages, reaches, scales and the catchments' answer to rain.

    Constants of the method belong to the model version, not to this.
    """
    known = [
        (name, scale.zero, scale.exceedances.tolist(), scale.sigma(scale.values).tolist())
        for name, scale in sorted(scales.items())
    ]
    catchments = (
        rain.curve_number,
        rain.factor,
        rain.exponent,
        sorted(rain.lag_h.items()),
        sorted(rain.responses.items()),
    )
    text = repr((sorted(gauges.items()), villages, systems, known, catchments))
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH_DIGITS]
