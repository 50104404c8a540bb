"""Which earlier forecasts of a gauge are worth showing, and whether one of them said more."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from services.flood.model import Band
from services.gauge_context.model import EarlierForecast

LOOK_BACK = timedelta(hours=6)
"""How long an earlier, higher forecast stays visible (estimate): half of the twelve hours that a
forecast looks ahead."""
STEP = timedelta(minutes=30)
SHOWN = 3
"""How many of the last forecasts are drawn faded, beside the highest."""
HIGHER_BY = 0.10
"""An earlier forecast counts as higher from 10 cm on, in m³/s from a tenth of the value
(estimate: twice the 5 cm by which a level must be undercut)."""

Run = tuple[str, datetime]
"""Id and as-of time."""


def sampled(runs: Sequence[Run], now: datetime) -> list[Run]:
    """Return the last run of each half hour that is over, the newest first."""
    chosen: dict[int, Run] = {}
    for run_id, as_of in sorted(runs, key=lambda run: run[1]):
        slot = (now - as_of) // STEP
        if slot >= 1:
            chosen[slot] = (run_id, as_of)
    return [chosen[slot] for slot in sorted(chosen)]


def earlier_forecasts(
    bands: Mapping[datetime, Band], present: Band | None, unit: str
) -> tuple[EarlierForecast, ...]:
    """Return the last forecasts and the highest one where it said more than the present one."""
    found = [_forecast(at, band) for at, band in sorted(bands.items(), reverse=True) if band.p50]
    if not found:
        return ()
    shown = found[:: max(1, len(found) // SHOWN)][:SHOWN]
    highest = max(found, key=lambda one: one.peak)
    now_peak = max(present.p50) if present and present.p50 else None
    if now_peak is not None and is_higher(highest.peak, now_peak, unit):
        rest = [one for one in shown if one.issued_at != highest.issued_at]
        return (replace(highest, is_higher=True), *rest)
    return tuple(shown)


def is_higher(earlier: float, present: float, unit: str) -> bool:
    """Tell whether a peak lies above another by more than a forecast moves from run to run."""
    least = HIGHER_BY if unit == "m" else HIGHER_BY * abs(present)
    return earlier - present >= least


def _forecast(issued_at: datetime, band: Band) -> EarlierForecast:
    peak = max(band.p50)
    return EarlierForecast(issued_at, band, peak, band.times[band.p50.index(peak)])
