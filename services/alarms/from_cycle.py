"""Conditions that a stored cycle speaks of: levels of places, rises and silence of gauges."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from services.alarms.model import Condition, Rule, Severity, Standing
from services.alarms.policy import Policy
from services.flood.model import LEVELS, GaugeResult, State, VillageResult
from services.region import Region
from services.situation.aging import is_outdated, still_true

_SEVERITY = {
    State.VORALARM: Severity.VORALARM,
    State.WARNUNG: Severity.WARNUNG,
    State.ALARM: Severity.ALARM,
}
CM_PER_M = 100.0


@dataclass(frozen=True, slots=True)
class Names:
    """What places and gauges are called, which river a gauge stands on, which report a stage."""

    places: Mapping[tuple[str, str], str]
    gauges: Mapping[str, str]
    rivers: Mapping[str, str]
    stages: frozenset[str]

    @classmethod
    def of(cls, region: Region) -> "Names":
        """Return the names of a region."""
        return cls(
            {(row.place_id, row.river_id): row.label for row in region.pack.exposures},
            {row.gauge_id: row.name for row in region.pack.gauges},
            {row.gauge_id: row.river_id for row in region.pack.gauges},
            frozenset(row.gauge_id for row in region.pack.gauges if row.observes == "stage"),
        )


def cycle_conditions(
    villages: Iterable[VillageResult],
    gauges: Iterable[GaugeResult],
    names: Names,
    policy: Policy,
    now: datetime,
    planned: Mapping[str, str] | None = None,
) -> list[Condition]:
    """Return all conditions of a cycle at `now`.

    `planned` says by gauge that it is out of service on purpose: its silence is no alarm then.
    """
    out = planned or {}
    held = [
        still_true(village, _place(names, village), now)
        for village in villages
        if (village.place_id, village.river_id) in names.places
    ]
    found = [level_condition(village, _place(names, village)) for village in held]
    known = list(gauges)
    flooded = _flooded(held, known, names)
    for gauge in known:
        name = names.gauges.get(gauge.gauge_id, gauge.gauge_id)
        is_flood = names.rivers.get(gauge.gauge_id, "") in flooded
        silence = [
            lost_condition(gauge, name, policy),
            silent_condition(gauge, name, policy, is_flood=is_flood),
        ]
        if gauge.gauge_id in out:
            words = out[gauge.gauge_id]
            silence = [replace(item, standing=Standing.CLEAR, text=words) for item in silence]
        found += [
            *silence,
            rise_condition(gauge, name, policy, now, is_stage=gauge.gauge_id in names.stages),
        ]
    return [condition for condition in found if condition.rule not in policy.disabled]


def level_condition(village: VillageResult, name: str) -> Condition:
    """Return how the level of a place stands: kept without data it holds, unknown is not clear."""
    standing = Standing.HOLDS
    if village.state is State.UNBEKANNT or (village.state is State.OK and village.held_since):
        standing = Standing.UNKNOWN
    elif village.state is State.OK:
        standing = Standing.CLEAR
    return Condition(
        Rule.LEVEL,
        f"{village.place_id}/{village.river_id}",
        name,
        _SEVERITY.get(village.state, Severity.VORALARM),
        standing,
        village.sentence,
        None if village.held_since else village.usable_p10_min,
    )


def lost_condition(gauge: GaugeResult, name: str, policy: Policy) -> Condition:
    """Return whether a gauge fell silent while it rose: the worst moment to lose it."""
    standing = Standing.CLEAR
    if gauge.is_lost_while_rising:
        standing = Standing.HOLDS
    elif gauge.is_silent:
        standing = Standing.UNKNOWN
    text = (
        f"{_pegel(name)} meldet nicht mehr und stieg zuletzt. Der Wasserstand kann weiter steigen,"
        " ohne dass es hier zu sehen ist."
        if standing is Standing.HOLDS
        else gauge.sentence
    )
    severity = policy.severity(Rule.LOST_RISING)
    return Condition(Rule.LOST_RISING, gauge.gauge_id, name, severity, standing, text)


def silent_condition(gauge: GaugeResult, name: str, policy: Policy, *, is_flood: bool) -> Condition:
    """Return whether a gauge fell silent.

    One that was lost while rising has an alarm of its own; of one that was never heard it is not
    known whether it should speak.
    """
    standing = Standing.HOLDS if gauge.is_silent else Standing.CLEAR
    if gauge.is_lost_while_rising or gauge.observed_at is None:
        standing = Standing.UNKNOWN
    severity = policy.severity(Rule.SILENT)
    if is_flood:
        severity = policy.in_flood.get(Rule.SILENT, severity)
    return Condition(Rule.SILENT, gauge.gauge_id, name, severity, standing, gauge.sentence)


def rise_condition(
    gauge: GaugeResult, name: str, policy: Policy, now: datetime, *, is_stage: bool
) -> Condition:
    """Return whether a gauge rises fast; told for stages only, and only on readings that count."""
    trend = gauge.trend_per_h
    is_known = (
        trend is not None
        and is_stage
        and not gauge.is_silent
        and not is_outdated(gauge.observed_at, now)
    )
    severity = policy.rise(trend) if is_known and trend is not None else None
    standing = Standing.UNKNOWN
    text = gauge.sentence
    if severity is not None and trend is not None:
        standing = Standing.HOLDS
        text = f"{_pegel(name)} steigt um {trend * CM_PER_M:.0f} cm je Stunde. {gauge.sentence}"
    elif is_known:
        standing = Standing.CLEAR
        text = f"{_pegel(name)} steigt nicht mehr so schnell. {gauge.sentence}"
    return Condition(Rule.RISE, gauge.gauge_id, name, severity or Severity.VORALARM, standing, text)


def _pegel(name: str) -> str:
    """Return the name with the word "Pegel" in it, once."""
    return name if "pegel" in name.lower() else f"Pegel {name}"


def _place(names: Names, village: VillageResult) -> str:
    return names.places.get((village.place_id, village.river_id), village.place_id)


def _flooded(
    villages: Iterable[VillageResult], gauges: Iterable[GaugeResult], names: Names
) -> frozenset[str]:
    """Return the rivers with a warned place, or with a gauge at a level."""
    warned = {village.river_id for village in villages if village.state in LEVELS}
    levels = {names.rivers.get(g.gauge_id, "") for g in gauges if g.state in LEVELS}
    return frozenset(warned | levels) - {""}
