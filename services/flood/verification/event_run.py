"""Runs the engine through one random event and notes what it said against what came."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zlib import crc32

import numpy as np

from data.region_pack.rows import GaugeRow
from services.flood.constants import SECONDS_PER_HOUR, SECONDS_PER_MIN
from services.flood.cycle import run_cycle
from services.flood.model import (
    LEVELS,
    CycleResult,
    Series,
    State,
    Village,
    VillageResult,
)
from services.flood.rain.series import GaugeRain
from services.flood.verification.baselines import baseline_minutes, nearest_path
from services.flood.verification.extraction import ahead_quantiles, arrival_quantiles
from services.flood.verification.pair_lags import pair_cases
from services.flood.verification.rain_heard import RainZones, hear_rain, known_rain, rain_zones
from services.flood.verification.readings import receive
from services.flood.verification.records import (
    HORIZON_MIN,
    LEADS_MIN,
    Case,
    EventRecord,
    Outcome,
)
from services.region import Region
from services.simulation.levels import threshold
from services.simulation.random_events import RandomEvent, Stage, prepare_stage
from services.simulation.sensors import virtual_readings
from services.simulation.truth import STEP_S

CYCLE: Final = timedelta(minutes=15)
CYCLES_H: Final = 30.0
AFTER_PEAK_H: Final = 4.0
"""Cycles end 4 h after the last village's peak, at the latest 30 h after the event's first reading;
arrivals after that are left out."""
CALM_M: Final = 0.03
CALM_MARGIN_M: Final = 0.05
"""A gauge is calm when it moved less in an hour and stands so far below its lowest level."""

LIFTING: Final = frozenset({"spike", "step", "drift"})
"""Faults that make a gauge read too high."""

HEARD_S: Final = 20.0 * SECONDS_PER_MIN
"""A gauge that has said nothing for longer is not calm but late (METHOD B.9, suspect)."""

_RAIN_SEED: Final = 0x2A17

Key = tuple[str, str]
Levels = Mapping[tuple[Key, State], float]


@dataclass(frozen=True, slots=True)
class Bench:
    """What all events share: region, villages that have a gauge above, their true levels."""

    region: Region
    stage: Stage
    villages: tuple[Village, ...]
    cells: Mapping[Key, int]
    levels: Levels
    gauges: Mapping[str, GaugeRow]
    zones: Mapping[str, RainZones]
    members: int


def prepare_bench(region: Region, members: int) -> Bench:
    """Return what all events share."""
    villages = tuple(village for village in region.network.villages if village.paths)
    places = [(village.river_id, village.river_km) for village in villages]
    stage = prepare_stage(region.pack, places, sorted(region.connected))
    levels = {
        (_key(village), level): threshold(
            stage.base, village.river_id, village.river_km, level.value
        )
        for village in villages
        for level in LEVELS
    }
    cells = {
        _key(village): stage.base.cell_at(*at) for village, at in zip(villages, places, strict=True)
    }
    rows = {row.gauge_id: row for row in region.pack.gauges}
    zones = rain_zones(stage.base, dict(stage.gauge_cells), region.network.systems)
    return Bench(region, stage, villages, cells, levels, rows, zones, members)


def run_event(bench: Bench, event: RandomEvent) -> EventRecord:
    """Return what the engine said in an event and what came."""
    region = bench.region
    readings = virtual_readings(event.course, event.scenario, bench.gauges, region.sensors)
    received = receive(readings, region.network.gauges, region.sensors)
    heard = hear_rain(
        event, bench.zones, np.random.default_rng([crc32(event.scenario.id.encode()), _RAIN_SEED])
    )
    truth = _truth_times(bench, event)
    cases: list[Case] = []
    states: dict[Key, list[tuple[float, State]]] = {_key(v): [] for v in bench.villages}
    previous: CycleResult | None = None
    cycles, skipped = 0, 0
    now = event.scenario.play_from.astimezone(UTC)
    end = _end(bench, event)
    while now <= end:
        series = {name: found.at(now.timestamp()) for name, found in received.items()}
        if previous is not None and _is_calm(bench, series, previous, now.timestamp()):
            result, skipped = previous, skipped + 1
        else:
            rain = known_rain(heard, now.timestamp())
            result = _cycle(bench, (series, rain), previous, (now, event.number))
            found = {(v.place_id, v.river_id): v for v in result.villages}
            cases += _cases(bench, found, series, truth, now)
            cycles += 1
        for village in result.villages:
            key = (village.place_id, village.river_id)
            if key in states:
                states[key].append((now.timestamp(), village.state))
        previous = result
        now += CYCLE
    return EventRecord(
        number=event.number,
        kind=event.kind,
        rain=event.rain,
        cases=tuple(cases),
        outcomes=tuple(_outcomes(bench, event, truth, states, end.timestamp())),
        pairs=tuple(pair_cases(region, event.course)),
        cycles=cycles,
        skipped=skipped,
    )


def _cycle(
    bench: Bench,
    known: tuple[Mapping[str, Series], Mapping[str, GaugeRain]],
    previous: CycleResult | None,
    when: tuple[datetime, int],
) -> CycleResult:
    now, seed = when
    series, rain = known
    memory = {(v.place_id, v.river_id): v for v in previous.villages} if previous else {}
    return run_cycle(
        bench.region.network,
        series,
        memory,
        now,
        members=bench.members,
        seed=seed,
        timezone=bench.region.timezone.key,
        gauge_rain=rain,
    )


def _cases(
    bench: Bench,
    found: Mapping[Key, VillageResult],
    series: Mapping[str, Series],
    truth: Mapping[tuple[Key, State], float],
    now: datetime,
) -> list[Case]:
    now_s = now.timestamp()
    cases = []
    for village in bench.villages:
        key = _key(village)
        path = nearest_path(village)
        for level in LEVELS:
            minutes = (truth[key, level] - now_s) / SECONDS_PER_MIN
            if not 0.0 < minutes <= HORIZON_MIN:
                continue
            ahead = ahead_quantiles(found[key], level, now)
            unseen = arrival_quantiles(found[key], level, now)
            known = series.get(path.gauge_id, _NOTHING)
            told = baseline_minutes(path, known, level, now_s)
            cases.append(Case(key, level.value, now_s, minutes, ahead, unseen, told))
    return cases


def _outcomes(
    bench: Bench,
    event: RandomEvent,
    truth: Mapping[tuple[Key, State], float],
    states: Mapping[Key, Sequence[tuple[float, State]]],
    end_s: float,
) -> list[Outcome]:
    found = []
    misled = _misled(bench, event)
    highest = event.course.stage_m.max(axis=0)
    for (key, level), truth_s in truth.items():
        if math.isfinite(truth_s) and truth_s > end_s:
            continue
        warned = [(at, _rank(state) >= _rank(level)) for at, state in states[key]]
        standing = tuple(_stood(warned, truth_s - lead * SECONDS_PER_MIN) for lead in LEADS_MIN)
        missing = max(bench.levels[key, level] - float(highest[bench.cells[key]]), 0.0)
        last = [state for at, state in states[key] if at <= truth_s]
        is_due = math.isfinite(truth_s)
        found.append(
            Outcome(
                place=key,
                level=level.value,
                truth_s=truth_s if is_due else None,
                first_s=next((at for at, is_up in warned if is_up), None),
                standing=standing if is_due else tuple(False for _ in LEADS_MIN),
                missing_m=missing,
                was_ok=is_due and bool(last) and last[-1] is State.OK,
                is_misled=key in misled,
            )
        )
    return found


def _misled(bench: Bench, event: RandomEvent) -> frozenset[Key]:
    """Return the villages below a gauge that read too high at some time of the event."""
    lifting = [fault for fault in event.scenario.faults if fault.kind in LIFTING]
    broken = {gauge_id for fault in lifting for gauge_id in fault.gauges}
    return frozenset(
        _key(village)
        for village in bench.villages
        if any(path.gauge_id in broken for path in village.paths)
    )


def _truth_times(bench: Bench, event: RandomEvent) -> dict[tuple[Key, State], float]:
    """Return when each level was first reached at each village, epoch seconds, inf when never."""
    times = {}
    for (key, level), limit in bench.levels.items():
        above = event.course.stage_m[:, bench.cells[key]] >= limit
        index = int(above.argmax())
        times[key, level] = event.course.start_s + index * STEP_S if above[index] else math.inf
    return times


def _end(bench: Bench, event: RandomEvent) -> datetime:
    """Return when the last village has had its peak for some hours."""
    stages = event.course.stage_m[:, sorted(set(bench.cells.values()))]
    peak_h = float(stages.argmax(axis=0).max()) * STEP_S / SECONDS_PER_HOUR
    return event.scenario.start + timedelta(hours=min(peak_h + AFTER_PEAK_H, CYCLES_H))


def _is_calm(
    bench: Bench, series: Mapping[str, Series], previous: CycleResult, now_s: float
) -> bool:
    """Tell whether the last result still holds: nothing moves, nothing is warned of."""
    if any(village.state in LEVELS for village in previous.villages):
        return False
    for gauge_id, known in series.items():
        lowest = min(bench.region.network.gauges[gauge_id].thresholds.values(), default=math.inf)
        recent = known.values[known.times_s > now_s - SECONDS_PER_HOUR]
        if not known.times_s.size or now_s - known.times_s[-1] > HEARD_S:
            return False
        if recent.size and (np.ptp(recent) >= CALM_M or recent.max() > lowest - CALM_MARGIN_M):
            return False
    return True


def _stood(warned: Sequence[tuple[float, bool]], at_s: float) -> bool:
    """Tell whether the warning stood at an instant."""
    before = [is_up for at, is_up in warned if at <= at_s]
    return bool(before) and before[-1]


def _rank(state: State) -> int:
    return LEVELS.index(state) if state in LEVELS else -1


def _key(village: Village) -> Key:
    return village.place_id, village.river_id


_NOTHING: Final = Series(np.empty(0), np.empty(0), np.empty(0, dtype=np.int8))
