"""Time on air of a LoRa frame, after Semtech AN1200.13 "LoRa Modem Designer's Guide", section 4."""

import math

BANDWIDTH_HZ = 125_000.0
"""Of all uplink channels that EU868 networks must have (RP002-1.0.4, EU863-870)."""
PREAMBLE = 8
PREAMBLE_END = 4.25
CODING_RATE = 1
"""4/5, as LoRaWAN prescribes."""
OVERHEAD_BYTES = 13
"""MHDR 1, FHDR 7, FPort 1, MIC 4: a LoRaWAN 1.0 data frame without MAC options."""
SLOW_FROM = 11
"""From this spreading factor on the low data rate optimisation is on at 125 kHz."""
MS = 1000.0


def airtime_ms(spreading_factor: int, payload_bytes: int) -> float:
    """Return the milliseconds that an uplink with this application payload is on the air."""
    symbol_s: float = float(1 << spreading_factor) / BANDWIDTH_HZ
    is_slow = int(spreading_factor >= SLOW_FROM)
    bits = 8 * (payload_bytes + OVERHEAD_BYTES) - 4 * spreading_factor + 28 + 16
    blocks = math.ceil(bits / (4 * (spreading_factor - 2 * is_slow)))
    symbols = 8 + max(blocks * (CODING_RATE + 4), 0)
    return (PREAMBLE + PREAMBLE_END + symbols) * symbol_s * MS
