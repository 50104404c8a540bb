"""Prepares the event of a drill: a named one, a random one, or a recorded stretch of the store.

All of them become messages of virtual sensors with their times of receipt, so that a drill runs
through the same chain as real operation: spool, decoder, quality tests, store, cycle, alarms.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from data import drill_copy
from data.region_pack.scenarios import Scenario
from services.drills.errors import DrillRefusedError
from services.drills.event import DrillEvent
from services.flood.model import State
from services.ingestion.spooled import SpooledMessage
from services.local_time import stamp
from services.region import Region
from services.simulation.air import VirtualAir
from services.simulation.levels import threshold
from services.simulation.random_events import prepare_stage, random_event
from services.simulation.replay import find_scenario
from services.simulation.sensors import VirtualReading, virtual_readings
from services.simulation.truth import STEP_S, TrueCourse, build_truth, run_truth
from services.simulation.uplinks import simulated_messages

LEVELS = (State.VORALARM, State.WARNUNG, State.ALARM)
LONGEST = timedelta(days=7)
"""Longest recording of a drill (estimate): an operation lasts some days."""
BEFORE = timedelta(hours=6)
"""Readings before a recording begins, as the trend filter wants them (estimate)."""
FLOOD_NUMBER = 2
"""Of a seed's events number 2 is a flood: the classes of random events come in turn."""
RECORDING = "aufzeichnung"


@dataclass(frozen=True, slots=True)
class Prepared:
    """An event with its messages in order of receipt."""

    event: DrillEvent
    messages: tuple[SpooledMessage, ...]


def named(region: Region, name: str) -> Prepared:
    """Prepare a named event of the region."""
    scenario = find_scenario(region.scenarios, name)
    course = run_truth(build_truth(region.pack), scenario)
    event = DrillEvent(kind="ereignis", scenario=scenario, reached=reached(region, course))
    return Prepared(event, _messages(region, scenario, course))


def random(region: Region, seed: int) -> Prepared:
    """Prepare a random flood; the same seed gives the same one."""
    villages = [village for village in region.network.villages if village.paths]
    places = [(village.river_id, village.river_km) for village in villages]
    stage = prepare_stage(region.pack, places, sorted(region.connected))
    found = random_event(stage, seed, FLOOD_NUMBER)
    scenario = found.scenario.model_copy(
        update={
            "id": f"zufall-{seed}",
            "title": f"Zufallsereignis {seed}",
            "description": "Zufälliges Hochwasser; niemand kennt seinen Verlauf vorher.",
        }
    )
    event = DrillEvent(kind="zufall", scenario=scenario, reached=reached(region, found.course))
    return Prepared(event, _messages(region, scenario, found.course))


def recorded(region: Region, session: Session, start: datetime, end: datetime) -> Prepared:
    """Prepare a stretch of the real store, each reading when and as it was first heard.

    Raises
    ------
    DrillRefusedError
        When the stretch is empty, too long or upside down.
    """
    if not timedelta() < end - start <= LONGEST:
        words = (
            f"Eine Aufzeichnung dauert höchstens {LONGEST.days} Tage und endet nach ihrem Beginn."
        )
        raise DrillRefusedError(user_message=words)
    speaking = {row.gauge_id for row in region.sensors if row.observed_property == "stage"}
    keys = {f"{gauge_id}/stage": gauge_id for gauge_id in speaking}
    rows = drill_copy.first_heard(session, sorted(keys), start - BEFORE, end)
    readings = [
        VirtualReading(keys[key], taken_at, heard_at, value, 100.0, number)
        for number, (key, taken_at, heard_at, value) in enumerate(rows)
    ]
    if not any(reading.received_at >= start for reading in readings):
        words = (
            f"Von {stamp(start, region.timezone)} bis {stamp(end, region.timezone)} ist kein"
            " Wasserstand aufgezeichnet."
        )
        raise DrillRefusedError(user_message=words)
    title = f"Aufzeichnung {stamp(start, region.timezone)} bis {stamp(end, region.timezone)}"
    scenario = Scenario(
        id=RECORDING,
        title=title,
        description="Gemessene Werte, wie sie damals ankamen.",
        start=start - BEFORE,
        play_from=start,
        end=end,
    )
    heard = {reading.gauge_id for reading in readings}
    silent = tuple(sorted(speaking - heard))
    messages = _in_order(simulated_messages(readings, region.sensors))
    return Prepared(DrillEvent(kind=RECORDING, scenario=scenario, left_out=silent), messages)


def reached(region: Region, course: TrueCourse) -> Mapping[str, Mapping[str, datetime]]:
    """Return when the truth first reached each level at each place below a gauge."""
    base = build_truth(region.pack)
    found: dict[str, dict[str, datetime]] = {}
    for village in region.network.villages:
        if not village.paths:
            continue
        stages = course.stage_m[:, course.truth.cell_at(village.river_id, village.river_km)]
        times = {}
        for level in LEVELS:
            limit = threshold(base, village.river_id, village.river_km, level.value)
            above = stages >= limit
            index = int(above.argmax())
            if above[index]:
                seconds = course.start_s + index * STEP_S
                times[level.value] = datetime.fromtimestamp(seconds, UTC)
        found[f"{village.place_id}/{village.river_id}"] = times
    return found


def _messages(region: Region, scenario: Scenario, course: TrueCourse) -> tuple[SpooledMessage, ...]:
    gauges = {row.gauge_id: row for row in region.pack.gauges}
    readings = virtual_readings(course, scenario, gauges, region.sensors)
    air = VirtualAir(gauges, region.pack.gateways)
    return _in_order(simulated_messages(readings, region.sensors, air))


def _in_order(messages: Iterable[SpooledMessage]) -> tuple[SpooledMessage, ...]:
    return tuple(sorted(messages, key=lambda message: message.received_at))
