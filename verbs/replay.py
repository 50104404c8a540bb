"""The verb `replay`: a named event on the screens or headless, always on a store of its own."""

import tempfile
from dataclasses import replace
from datetime import UTC, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from config import Settings
from data import schema
from data.engine import make_engine, make_sessions
from data.region_pack.scenarios import Scenario
from services.clock import SteppedClock, wall_now
from services.errors import CockpitError
from services.flood.model import State
from services.ingestion.spool import Spool
from services.region import open_region
from services.simulation.replay import begin_replay, find_scenario

if TYPE_CHECKING:
    from services.simulation.headless import Step

BYTES_PER_MB = 1_000_000


class NotInDemoError(CockpitError):
    """A replay on the screens needs the demonstration mode."""

    user_message = (
        "Dieses Cockpit läuft mit echten Messwerten; eine Nachstellung auf den Schirmen ist nur im "
        "Demobetrieb möglich. Ohne Schirme geht es mit „./cockpit replay NAME --headless“."
    )


def begin_demo(settings: Settings) -> None:
    """Set the simulation to the scenario that the settings name.

    Where they name none and the region lacks the usual one, its first event is played.
    """
    known = open_region(settings.region_path, simulated=True).scenarios
    is_named = "scenario" in settings.model_fields_set
    name = settings.scenario
    if name not in known and not is_named:
        name = next(iter(known), "")
    if name in known or is_named:
        skipped = timedelta(minutes=settings.scenario_skip_min)
        begin(settings, name, settings.scenario_speed, skipped)


def begin(
    settings: Settings, name: str, speed: float, skipped: timedelta = timedelta(0)
) -> Scenario:
    """Begin a replay on the simulation's store; running processes follow within a second.

    The time `skipped` after the event's `play_from` is already past when the screens begin.
    """
    if not settings.is_demo:
        raise NotInDemoError
    scenario = find_scenario(open_region(settings.region_path, simulated=True).scenarios, name)
    engine = make_engine(settings.simulation_url)
    schema.upgrade(engine)
    start = min(scenario.play_from + skipped, scenario.end)
    Spool(settings.spool_dir, settings.spool_max_mb * BYTES_PER_MB).clear()
    begin_replay(make_sessions(engine), scenario, speed, start)
    engine.dispose()
    return scenario


def play_headless(settings: Settings, name: str, step_min: float) -> dict[str, object]:
    """Play an event without screens and return what happened to each village."""
    # loads the engine: a start with screens, which begins here too, must not wait for it
    from services.simulation.headless import HeadlessReplay
    from wiring import wire
    from wiring_work import make_writer

    with tempfile.TemporaryDirectory(prefix="cockpit-replay-") as folder:
        private = settings.private(Path(folder))
        wired = wire(private)
        scenario = find_scenario(wired.region.scenarios, name)
        clock = SteppedClock(
            scenario.play_from.astimezone(UTC), scenario.id, scenario.title, wall_now()
        )
        cycles = replace(wired.cycles, clock=clock)
        writer = make_writer(wired)
        stage = HeadlessReplay(
            wired.region, cycles, clock, wired.spool, lambda: writer.drain()["messages"]
        )
        steps = list(stage.play(scenario, timedelta(minutes=step_min)))
        wired.engine.dispose()
    return _report(scenario, steps)


def _report(scenario: Scenario, steps: list["Step"]) -> dict[str, object]:
    changes: list[dict[str, object]] = []
    highest: dict[str, State] = {}
    order = list(State)
    for step in steps:
        for village in step.villages:
            key = f"{village.place_id}@{village.river_id}"
            seen = highest.get(key, State.OK)
            if village.state is not State.UNBEKANNT and order.index(village.state) >= order.index(
                seen
            ):
                highest[key] = village.state
    for before, after in pairwise(steps):
        old = {(v.place_id, v.river_id): v.state for v in before.villages}
        for village in after.villages:
            was = old.get((village.place_id, village.river_id))
            if was is not None and was is not village.state:
                changes.append(
                    {
                        "at": after.at.isoformat(),
                        "place_id": village.place_id,
                        "river_id": village.river_id,
                        "from": was.value,
                        "to": village.state.value,
                        "usable_p10_min": village.usable_p10_min,
                        "reason": village.sentence,
                    }
                )
    last = steps[-1].villages if steps else ()
    return {
        "scenario": scenario.id,
        "title": scenario.title,
        "cycles": len(steps),
        "highest": {key: state.value for key, state in sorted(highest.items())},
        "final": {f"{v.place_id}@{v.river_id}": v.state.value for v in last},
        "changes": changes,
        "results": [dict(result) for result in steps[-1].published] if steps else [],
    }
