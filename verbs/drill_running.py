"""Prepares the folder of a drill from the real store, runs its processes, keeps its evaluation."""

import logging
import os
import shutil
import signal
from pathlib import Path

import click
from sqlalchemy.orm import Session

from config import Settings
from data import commissioned, drill_copy, replays, schema
from data.engine import make_engine, make_sessions, writing
from data.replays import Leg
from services.clock import event_time, wall_now
from services.drills import preparing
from services.drills.booth import Wish
from services.drills.errors import DrillRefusedError
from services.drills.evaluation_file import evaluation_csv
from services.drills.evaluation_service import EvaluationService
from services.drills.event import event_in, keep, with_event
from services.drills.twins import twins
from services.in_use import LOCK, alone
from services.region import Region, open_region, with_sensors
from services.simulation.replay import begin_replay
from verbs.drill_surroundings import surroundings
from verbs.supervise import Group, commands, require_free_port

NICE = 10
"""Real operation goes first: the processes of a drill yield to it (estimate)."""
VERB = "./cockpit drill start"


def play(settings: Settings, wish: Wish, port: int) -> int:
    """Run a drill until told to stop and return the exit code.

    Raises
    ------
    CockpitError
        When the event cannot be prepared, a drill runs already or the port is taken.
    """
    if settings.drill:
        raise DrillRefusedError(user_message="Aus einer Übung heraus beginnt keine zweite.")
    around = surroundings(os.environ, settings, port)
    private = _private(settings)
    require_free_port(around["COCKPIT_HOST"], port)
    with alone(settings.drill_dir, VERB):
        title = prepare(settings, private, wish)
    for name in [name for name in os.environ if name.startswith("COCKPIT_")]:
        del os.environ[name]
    os.environ.update(around)
    os.nice(NICE)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    group = Group(commands(private))
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: group.stop.set())
    click.echo(f"Übung „{title}“ auf http://{around['COCKPIT_HOST']}:{port} (Ende: Strg-C)")
    code = group.run()
    _stop_clock(private)
    _keep_report(settings)
    return code


def prepare(settings: Settings, private: Settings, wish: Wish) -> str:
    """Make the drill's folder anew: store, event, messages, clock; returns the event's title."""
    _empty(private.state_dir)
    region = open_region(settings.region_path, simulated=True)
    real, own = make_engine(settings.store_url), make_engine(private.store_url)
    try:
        for engine in (real, own):
            schema.upgrade(engine)
        with make_sessions(real)() as source:
            bought = commissioned.rows(source, region.region_id)
            added = twins(region, (*region.pack.sensors, *bought))
            found = _prepared(with_sensors(region, added), source, wish)
            with make_sessions(own).begin() as target:
                drill_copy.copy(source, writing(target))
        event = found.event.model_copy(update={"twins": added})
        keep(private.state_dir, event, found.messages)
        scenario = found.event.scenario
        begin_replay(make_sessions(own), scenario, wish.speed, scenario.play_from)
    finally:
        real.dispose()
        own.dispose()
    return scenario.title


def report(settings: Settings) -> str:
    """Return the evaluation of the drill that runs or ran last, as CSV."""
    folder = settings.drill_dir
    event = event_in(folder)
    private = _private(settings)
    region = with_event(open_region(settings.region_path, simulated=True), folder)
    engine = make_engine(private.store_url)
    try:
        service = EvaluationService(make_sessions(engine), region, event)
        return evaluation_csv(service.evaluation(is_final=True), region.timezone)
    finally:
        engine.dispose()


def _private(settings: Settings) -> Settings:
    """Return the settings of a drill as this process needs them: its folder, nothing real."""
    return settings.private(settings.drill_dir).model_copy(update={"drill": True})


def _prepared(region: Region, source: Session, wish: Wish) -> preparing.Prepared:
    if wish.seed is not None:
        return preparing.random(region, wish.seed)
    if wish.start is not None and wish.end is not None:
        return preparing.recorded(region, source, wish.start, wish.end)
    return preparing.named(region, wish.event)


def _empty(folder: Path) -> None:
    """Delete what an earlier drill left, but for the lock that says that we are at work."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != LOCK:
            path.unlink()


def _stop_clock(private: Settings) -> None:
    """Let the event's time stand still: what would have come later is no part of the drill."""
    engine, wall = make_engine(private.store_url), wall_now()
    with make_sessions(engine).begin() as session:
        row = replays.current(writing(session))
        if row is not None:
            leg = Leg(wall, event_time(row, wall), 0.0)
            replays.set_course(session, row.replay_id, (*row.course, leg))
    engine.dispose()


def _keep_report(settings: Settings) -> None:
    """Keep the evaluation beside real operation: the folder of the drill is emptied by the next."""
    settings.drill_reports.mkdir(parents=True, exist_ok=True)
    name = f"uebung-{wall_now():%Y%m%d-%H%M%S}-{event_in(settings.drill_dir).scenario.id}.csv"
    (settings.drill_reports / name).write_text(report(settings), encoding="utf-8")
