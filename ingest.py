"""The ingest process: receives over MQTT or plays the simulation, then fills the store."""

import logging
import signal
import sys
import threading

from sqlalchemy.exc import SQLAlchemyError

from config import Settings
from data.engine import reason_of
from services.clock import ReplayClock
from services.errors import CockpitError
from services.in_use import hold
from services.ingestion.mqtt import MqttReceiver
from services.ingestion.mqtt_settings import mqtt_settings
from services.jobs.crew import Crew
from services.logs import set_up_logging
from services.presence import announced
from services.simulation.player import Player
from wiring import Wired, wire
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


def play(player: Player, stop: threading.Event) -> None:
    """Play the current replay until told to stop; at its end it begins again."""
    while not stop.is_set():
        try:
            player.step()
            if player.is_over() and not stop.wait(REST_BEFORE_RESTART_S):
                player.restart()
        except CockpitError as error:
            LOG.warning("Die Simulation wartet: %s", error)
            stop.wait(RETRY_S)
        except SQLAlchemyError as error:
            LOG.warning("Die Simulation wartet auf die Datenbank: %s", reason_of(error))
            stop.wait(RETRY_S)
        stop.wait(PLAYER_POLL_S)


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
        player = Player(wired.region, wired.spool, wired.clock)
        crew.start("simulation", lambda: play(player, stop))
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
