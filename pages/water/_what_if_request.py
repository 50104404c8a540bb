"""The bounds of a what-if: each input by itself, and the level that both lead to."""

from collections.abc import Sequence

from components import formats
from components.short_name import gauge_name
from services.situation.model import GaugeView, WhatIfRequest

RISE_CM = (1, 200)
"""Bounds of the rise in cm an hour: 2021 saw 30 cm/h on the Nette, 160 cm/h on the Ahr."""
RISE_HINT = f"{RISE_CM[0]} bis {RISE_CM[1]}"
RISE_SEEN = "Zum Vergleich: Die Ahr stieg im Juli 2021 um 160 cm je Stunde."
HOURS = (1, 12)
"""Bounds of the duration: the calculation looks twelve hours ahead."""
CM_PER_M = 100


def request_from(gauge_id: object, rise_cm: object, hours: object) -> WhatIfRequest | str:
    """Return the request, or the sentence that says which input is out of bounds."""
    if not isinstance(gauge_id, str) or not gauge_id:
        return "Bitte einen Pegel auswählen."
    if not _within(rise_cm, RISE_CM):
        return f"Der Anstieg muss zwischen {RISE_CM[0]} und {RISE_CM[1]} cm je Stunde liegen."
    if not _within(hours, HOURS):
        return f"Die Dauer muss zwischen {HOURS[0]} und {HOURS[1]} Stunden liegen."
    return WhatIfRequest(gauge_id, float(str(rise_cm)) / CM_PER_M, float(str(hours)))


def checked(
    gauge_id: object, rise_cm: object, hours: object, gauges: Sequence[GaugeView]
) -> WhatIfRequest | str:
    """Return the request, or the sentence that refuses it, also beyond the gauge's range."""
    request = request_from(gauge_id, rise_cm, hours)
    gauge = next((gauge for gauge in gauges if gauge.gauge_id == gauge_id), None)
    if isinstance(request, str) or gauge is None:
        return request
    return beyond_range(request, gauge) or request


def _within(value: object, bounds: tuple[int, int]) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and bounds[0] <= value <= bounds[1]
    )


def beyond_range(request: WhatIfRequest, gauge: GaugeView) -> str:
    """Return why a rise is refused that the gauge could not even measure; empty if it could.

    Rise and duration are bounded each by itself; only together do they tell an absurd level.
    """
    if gauge.value is None or gauge.range_max is None:
        return ""
    if gauge.value + request.rise_per_h * request.hours <= gauge.range_max:
        return ""
    most = int(max(0.0, gauge.range_max - gauge.value) / request.hours * CM_PER_M)
    return (
        f"{gauge_name(gauge.name)} käme von {formats.quantity(gauge.value, gauge.unit)} auf"
        f" {formats.quantity(peak_of(request, gauge.value), gauge.unit)}, misst aber nur bis"
        f" {formats.quantity(gauge.range_max, gauge.unit)}. Für {hours_words(request.hours)} sind"
        f" höchstens {most} cm je Stunde möglich."
    )


def peak_of(request: WhatIfRequest, value: float) -> float:
    """Return the level that a rise from `value` on leads to, in the gauge's unit."""
    return value + request.rise_per_h * request.hours


def hours_words(hours: float) -> str:
    """Write a duration: "1 Stunde", "3 Stunden"."""
    return "1 Stunde" if hours == 1 else f"{formats.number(hours)} Stunden"
