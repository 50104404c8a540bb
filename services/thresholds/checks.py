"""Which levels are possible: all three, in order, within what the gauge can measure."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from data.region_pack.columns import Level
from data.region_pack.model import RegionPack
from data.region_pack.rows import GaugeRow, RatingRow
from data.thresholds import Target
from services.thresholds.errors import ThresholdRefusedError

LEAST_STEP_M, LEAST_STEP_M3S = 0.02, 0.05
"""Two levels that stand closer cannot be told apart: four times a radar's noise (estimate)."""
ROUNDING = 1e-9
NAMES: Mapping[str, str] = {"voralarm": "Voralarm", "warnung": "Warnung", "alarm": "Alarm"}
ORDER: tuple[Level, ...] = ("voralarm", "warnung", "alarm")
COMPLETE = "Alle drei Stufen brauchen einen Wert: Voralarm, Warnung und Alarm."
UNKNOWN = "Diesen Pegel oder diesen Ort gibt es in dieser Region nicht."


def gauge_of(pack: RegionPack, target: Target) -> GaugeRow:
    """Return the gauge of a target whose levels may be changed.

    Raises
    ------
    ThresholdRefusedError
        When the region has no such levels.
    """
    gauge_id, place_id, river_id = target
    gauge = next((row for row in pack.gauges if row.gauge_id == gauge_id), None)
    rows = pack.pairs if place_id else pack.thresholds
    known = {
        (row.gauge_id, getattr(row, "place_id", ""), getattr(row, "river_id", "")) for row in rows
    }
    if gauge is None or (gauge_id, place_id, river_id) not in known:
        raise ThresholdRefusedError(user_message=UNKNOWN)
    return gauge


def require_possible(
    gauge: GaugeRow, levels: Mapping[Level, float], ratings: Sequence[RatingRow] = ()
) -> None:
    """Refuse levels that are incomplete, out of order or out of what can be measured.

    Raises
    ------
    ThresholdRefusedError
        With the reason, the range and the value given.
    """
    reason = fault(gauge, levels, ratings)
    if reason:
        raise ThresholdRefusedError(user_message=reason)


def fault(gauge: GaugeRow, levels: Mapping[Level, float], ratings: Sequence[RatingRow] = ()) -> str:
    """Return what is wrong with levels as one sentence, "" for nothing."""
    is_whole = {*levels} == {*ORDER} and all(map(math.isfinite, levels.values()))
    if not is_whole:
        return COMPLETE
    return (
        _range_fault(gauge, levels)
        or _order_fault(gauge, levels)
        or _zero_fault(gauge, levels, ratings)
    )


def _range_fault(gauge: GaugeRow, levels: Mapping[Level, float]) -> str:
    unit = gauge.unit
    for name in ORDER:
        if not gauge.range_min < levels[name] < gauge.range_max:
            return (
                f"{NAMES[name]} {written(levels[name], unit)} liegt nicht im Messbereich des Pegels"
                f" ({written(gauge.range_min, unit)} bis {written(gauge.range_max, unit)})."
            )
    return ""


def _order_fault(gauge: GaugeRow, levels: Mapping[Level, float]) -> str:
    unit = gauge.unit
    step = LEAST_STEP_M if gauge.observes == "stage" else LEAST_STEP_M3S
    for lower, upper in pairwise(ORDER):
        if levels[upper] - levels[lower] < step - ROUNDING:
            return (
                f"{NAMES[upper]} ({written(levels[upper], unit)}) muss mindestens"
                f" {written(step, unit)} über {NAMES[lower]} ({written(levels[lower], unit)})"
                " liegen."
            )
    return ""


def _zero_fault(
    gauge: GaugeRow, levels: Mapping[Level, float], ratings: Sequence[RatingRow]
) -> str:
    zeros = [row.h0_m for row in ratings if row.gauge_id == gauge.gauge_id]
    if gauge.observes != "stage" or not zeros or levels["voralarm"] > min(zeros):
        return ""
    return (
        f"Voralarm {written(levels['voralarm'], 'm')} liegt unter dem Anfang der Abflusskurve"
        f" ({written(min(zeros), 'm')})."
    )


def written(value: float, unit: str) -> str:
    """Write a level the German way."""
    return f"{value:.2f} {unit}".replace(".", ",")
