"""The ingest process: receives over MQTT or plays the simulation, then fills the store."""

import logging
import signal
import sys
import threading

from sqlalchemy.exc import SQLAlchemyError

from config import Settings
from data.engine import reason_of
from services.clock import ReplayClock
from services.drills.event import messages_in
from services.drills.injecting import Injector
from services.errors import CockpitError
from services.in_use import hold
from services.ingestion.mqtt import MqttReceiver
from services.ingestion.mqtt_settings import mqtt_settings
from services.jobs.crew import Crew
from services.logs import set_up_logging
from services.presence import announced
from services.simulation.player import Player
from wiring import Wired, wire
from wiring_notify import make_beat_source, make_sender
from wiring_work import make_watchdog, make_writer

LOG = logging.getLogger("ingest")
PLAYER_POLL_S = 0.5
RETRY_S = 5.0
REST_BEFORE_RESTART_S = 20.0
"""How long the end of a replay stays on screen before it begins again (estimate)."""


def make_receiver(wired: Wired) -> MqttReceiver | None:
    """Return the MQTT receiver where a broker is configured."""
    settings = wired.settings
    url = settings.mqtt_url.get_secret_value()
    if not url:
        return None
    broker = mqtt_settings(
        url, settings.mqtt_topics, settings.mqtt_client_id, settings.mqtt_ca_file
    )
    return MqttReceiver(broker, wired.spool, wired.clock.now, settings.origin)


def make_player(wired: Wired, clock: ReplayClock) -> Player:
    """Return what plays the simulation; a drill plays what was prepared for it."""
    if not wired.settings.drill:
        return Player(wired.region, wired.spool, clock)
    folder = wired.settings.state_dir
    return Player(
        wired.region,
        wired.spool,
        clock,
        messages=lambda _region, _scenario: messages_in(folder),
        sent=Injector(wired.sessions, wired.region),
    )


def play(player: Player, stop: threading.Event, *, repeats: bool = True) -> None:
    """Play the current replay until told to stop; at its end it begins again, or stays there."""
    while not stop.is_set():
        try:
            player.step()
            if repeats and player.is_over() and not stop.wait(REST_BEFORE_RESTART_S):
                player.restart()
        except CockpitError as error:
            LOG.warning("Die Simulation wartet: %s", error)
            stop.wait(RETRY_S)
        except SQLAlchemyError as error:
            LOG.warning("Die Simulation wartet auf die Datenbank: %s", reason_of(error))
            stop.wait(RETRY_S)
        stop.wait(PLAYER_POLL_S)


def start_notification(wired: Wired, crew: Crew) -> None:
    """Let the heartbeat's sensor speak, and send what waits unless another process does."""
    beat = make_beat_source(wired)
    crew.start("heartbeat", lambda: beat.run_forever(crew.stop))
    sender = make_sender(wired)
    if sender is not None:
        crew.start("sender", lambda: sender.run_forever(crew.stop))


def main() -> None:
    """Run ingest until it is told to stop, or one of its threads ends (exit code 1)."""
    settings = Settings()
    set_up_logging(settings.log_level, settings.log_format)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    hold(settings.state_dir, "ingest")
    crew = Crew(stop)
    wired = wire(settings)
    receiver = make_receiver(wired)
    if receiver is not None:
        receiver.start()
    elif settings.is_demo and isinstance(wired.clock, ReplayClock):
        player = make_player(wired, wired.clock)
        repeats = not settings.drill
        crew.start("simulation", lambda: play(player, stop, repeats=repeats))
    start_notification(wired, crew)
    watchdog = make_watchdog(wired)
    crew.start("watchdog", lambda: watchdog.run_forever(stop))
    with announced(wired.engine, "ingest"):
        make_writer(wired).run(stop)
    if receiver is not None:
        receiver.stop()
    wired.engine.dispose()
    sys.exit(crew.exit_code)


if __name__ == "__main__":
    main()
