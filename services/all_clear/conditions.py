"""What the machine checks before an all-clear; whatever is not known is not fulfilled, and said."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.all_clear.model import CALM_FOR, STEP, MachineCheck
from services.flood.model import LEVELS, Flag, State
from services.situation.model import GaugeView, Point, VillageView

MINUTES = CALM_FOR.total_seconds() / 60.0
NAMED = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an area at an instant.

    `readings` are those of `CALM_FOR` and a step before it, by gauge. `warnings` are official
    ones of rain and floods that hold, None where a source is not heard; `has_rain` tells whether
    the newest run heard rain data. `alarms` and `measures` are open ones, in words.
    """

    now: datetime
    gauges: Sequence[GaugeView]
    villages: Sequence[VillageView]
    readings: Mapping[str, Sequence[Point]]
    warnings: Sequence[str] | None
    has_rain: bool
    alarms: Sequence[str]
    measures: Sequence[str]


def checks(known: Known) -> tuple[MachineCheck, ...]:
    """Return all conditions of an area."""
    return (
        _heard(known),
        _below(known),
        _states(known),
        _rain(known),
        _open("Alarme", known.alarms, "Kein Alarm ist offen."),
        _open("Maßnahmen", known.measures, "Keine Maßnahme ist offen."),
    )


def _heard(known: Known) -> MachineCheck:
    silent = [gauge.name for gauge in known.gauges if gauge.is_silent]
    if not known.gauges:
        return MachineCheck("Pegel", is_met=False, words="Hier misst kein Pegel: nicht bekannt.")
    if silent:
        return MachineCheck("Pegel", is_met=False, words=f"Ohne gültigen Wert: {_some(silent)}.")
    return MachineCheck("Pegel", is_met=True, words="Alle Pegel haben gültige Werte.")


def _below(known: Known) -> MachineCheck:
    """Check that each gauge stood below its first level all the time, by readings, not by hope."""
    name, faults = f"Wasserstand seit {MINUTES:.0f} Minuten", []
    for gauge in known.gauges:
        first = min((item.value for item in gauge.thresholds), default=None)
        if first is None:
            faults.append(f"{gauge.name} hat keine Schwelle")
            continue
        reason = _not_calm(known.readings.get(gauge.gauge_id, ()), first, known.now)
        if reason:
            faults.append(f"{gauge.name} {reason}")
    if faults or not known.gauges:
        words = f"Nicht erfüllt: {_some(faults)}." if faults else "Nicht bekannt: kein Pegel."
        return MachineCheck(name, is_met=False, words=words)
    return MachineCheck(name, is_met=True, words="Alle Pegel lagen durchgehend unter dem Voralarm.")


def _not_calm(points: Sequence[Point], first: float, now: datetime) -> str:
    """Return why a gauge is not proven to have been calm, empty where it is."""
    start = now - CALM_FOR
    valid = [p for p in points if p.value is not None and p.flag < Flag.SUSPECT and p.at <= now]
    before = [point for point in valid if point.at <= start]
    inside = [point for point in valid if point.at > start]
    if any(point.value is not None and point.value >= first for point in [*before[-1:], *inside]):
        return "lag am oder über dem Voralarm"
    instants = [*(point.at for point in [*before[-1:], *inside]), now]
    is_whole = bool(before) and all(
        later - earlier <= STEP for earlier, later in itertools.pairwise(instants)
    )
    return "" if is_whole else "hat nicht durchgehend gemessen"


def _states(known: Known) -> MachineCheck:
    warned = sorted({view.name for view in known.villages if view.state in LEVELS})
    unknown = sorted(
        {
            view.name
            for view in known.villages
            if view.state is State.UNBEKANNT and view.has_gauge_above
        }
    )
    if warned:
        return MachineCheck("Orte", is_met=False, words=f"Noch gewarnt: {_some(warned)}.")
    if unknown:
        return MachineCheck("Orte", is_met=False, words=f"Ohne Aussage: {_some(unknown)}.")
    return MachineCheck("Orte", is_met=True, words="Für keinen Ort wird eine Stufe erwartet.")


def _rain(known: Known) -> MachineCheck:
    name = "Regen"
    if known.warnings is None:
        return MachineCheck(name, is_met=False, words="Amtliche Warnungen: nicht bekannt.")
    if known.warnings:
        words = f"Es gilt eine amtliche Warnung: {_some(list(known.warnings))}."
        return MachineCheck(name, is_met=False, words=words)
    if not known.has_rain:
        return MachineCheck(name, is_met=False, words="Niederschlag: nicht bekannt.")
    return MachineCheck(
        name, is_met=True, words="Keine amtliche Warnung vor Hochwasser, Regen oder Gewitter."
    )


def _open(name: str, found: Sequence[str], nothing: str) -> MachineCheck:
    if found:
        return MachineCheck(name, is_met=False, words=f"Noch offen: {_some(list(found))}.")
    return MachineCheck(name, is_met=True, words=nothing)


def _some(names: Sequence[str]) -> str:
    rest = len(names) - NAMED
    more = f" und {rest} weitere" if rest > 0 else ""
    return f"{', '.join(names[:NAMED])}{more}"
