"""The verb `live`: from demonstration to real operation, purging what was simulated."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from config import LIVE_MARKER, Settings
from data import operation, schema
from data.engine import make_engine, make_sessions, writing
from services.in_use import StillRunningError, alone
from verbs.supervise import port_is_free


def _keep_boundaries(settings: Settings) -> None:
    """Carry imported boundaries over to the real store: they are official, not simulated."""
    if not (settings.state_dir / "simulation.sqlite").exists():
        return
    old, new = make_engine(settings.simulation_url), make_engine(settings.real_url)
    for engine in (old, new):
        schema.upgrade(engine)
    with make_sessions(old)() as session:
        rows = operation.boundaries(session)
    if rows:
        with make_sessions(new)() as session, session.begin():
            operation.replace_boundaries(writing(session), rows)
    old.dispose()
    new.dispose()


@contextmanager
def stopped(settings: Settings, verb: str) -> Iterator[None]:
    """Let a verb that takes the store away run only while no process of this host uses it.

    Raises
    ------
    StillRunningError
        When something listens on the port or a process works with the state folder.
    """
    if not port_is_free(settings.host, settings.port):
        raise StillRunningError(
            user_message=(
                f"Auf {settings.host}:{settings.port} läuft noch ein Cockpit; bitte zuerst mit "
                f"Strg-C beenden, dann {verb} wiederholen."
            )
        )
    with alone(settings.state_dir, verb):
        yield


def go_live(settings: Settings) -> str:
    """Delete the simulation's store, spool and archive and mark the installation as live.

    Raises
    ------
    StillRunningError
        When the product runs: it would go on with a store that is gone.
    """
    with stopped(settings, "./cockpit live"):
        return _purge(settings)


def _purge(settings: Settings) -> str:
    state = settings.state_dir
    _keep_boundaries(settings)
    gone = 0
    for path in state.glob("simulation.sqlite*"):
        path.unlink()
        gone += 1
    for folder in settings.folders(simulated=True).values():
        shutil.rmtree(folder, ignore_errors=True)
    (state / LIVE_MARKER).touch()
    what = "Die simulierten Werte sind gelöscht." if gone else "Es gab keine simulierten Werte."
    return (
        f"{what} Ab jetzt gelten nur echte Meldungen: COCKPIT_MQTT_URL oder COCKPIT_WEBHOOK_TOKEN "
        "setzen (docs/how-to/connect-sensors.md) und ./cockpit neu starten."
    )
