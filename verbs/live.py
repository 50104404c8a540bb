"""The verb `live`: from demonstration to real operation, purging what was simulated."""

import shutil

from config import LIVE_MARKER, Settings


def go_live(settings: Settings) -> str:
    """Delete the simulation's store and spool and mark the installation as live."""
    state = settings.state_dir
    state.mkdir(parents=True, exist_ok=True)
    gone = 0
    for path in state.glob("simulation.sqlite*"):
        path.unlink()
        gone += 1
    shutil.rmtree(state / "spool-simulation", ignore_errors=True)
    (state / LIVE_MARKER).touch()
    what = "Die simulierten Werte sind gelöscht." if gone else "Es gab keine simulierten Werte."
    return (
        f"{what} Ab jetzt gelten nur echte Meldungen: COCKPIT_MQTT_URL oder COCKPIT_WEBHOOK_TOKEN "
        "setzen (docs/how-to/connect-sensors.md) und ./cockpit neu starten."
    )
