"""What both network servers say about the air: gateways, spreading factor, frequency."""

from collections.abc import Callable, Iterable
from typing import Any

from services.ingestion import fields
from services.ingestion.model import Reception

SPREADING_FACTORS = range(5, 13)
"""Of LoRa; LoRaWAN in Europe uses 7 to 12 (RP002-1.0.4, EU863-870)."""

MOST_GATEWAYS = 32
"""More receptions of one frame are cut, strongest first (estimate): a table must stay bounded."""

NOWHERE = -999.0


def receptions(
    found: Iterable[dict[str, Any]], gateway_of: Callable[[dict[str, Any]], str | None]
) -> tuple[Reception, ...]:
    """Return the receptions that name their gateway, each gateway once, with its best signal."""
    best: dict[str, Reception] = {}
    for item in found:
        gateway = gateway_of(item)
        if gateway is None:
            continue
        reception = Reception(
            gateway, fields.number_at(item, "rssi"), fields.number_at(item, "snr")
        )
        known = best.get(gateway)
        if known is None or _strength(reception) > _strength(known):
            best[gateway] = reception
    return tuple(sorted(best.values(), key=_strength, reverse=True)[:MOST_GATEWAYS])


def spreading_factor(modulation: dict[str, Any]) -> int | None:
    """Return the spreading factor under `lora`, None for FSK, LR-FHSS and rubbish."""
    found = fields.counter_at(fields.mapping_at(modulation, "lora"), KEYS[0], 12)
    if not found:
        found = fields.counter_at(fields.mapping_at(modulation, "lora"), KEYS[1], 12)
    return found if found in SPREADING_FACTORS else None


KEYS = ("spreadingFactor", "spreading_factor")
"""As ChirpStack v4 and The Things Stack v3 spell it."""


def _strength(reception: Reception) -> float:
    return NOWHERE if reception.rssi is None else reception.rssi
