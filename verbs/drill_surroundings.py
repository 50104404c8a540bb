"""What the processes of a drill know of the installation they run beside: what is listed here."""

from collections.abc import Mapping

from config import Settings

PASSED_ON = frozenset(
    {
        "COCKPIT_REGION",
        "COCKPIT_REGION_DIR",
        "COCKPIT_WEB_THREADS",
        "COCKPIT_LOG_LEVEL",
        "COCKPIT_LOG_FORMAT",
        "COCKPIT_FLOOD_MEMBERS",
        "COCKPIT_CYCLE_SECONDS",
        "COCKPIT_OPERATOR",
        "COCKPIT_IMPRINT",
        "COCKPIT_PRIVACY",
    }
)
"""Everything else stays behind, also what a later version adds: channels, brokers, secrets."""
LOOPBACK = "127.0.0.1"


def surroundings(environment: Mapping[str, str], settings: Settings, port: int) -> dict[str, str]:
    """Return the environment of a drill beside an installation."""
    kept = {
        name: value
        for name, value in environment.items()
        if not name.startswith("COCKPIT_") or name in PASSED_ON
    }
    return {
        **kept,
        "COCKPIT_DRILL": "1",
        "COCKPIT_DRILL_OPEN": "1" if settings.is_demo else "0",
        "COCKPIT_STATE_DIR": str(settings.drill_dir.absolute()),
        "COCKPIT_HOST": LOOPBACK,
        "COCKPIT_PORT": str(port),
        "COCKPIT_OFFLINE": "1",
        "COCKPIT_BOUNDARIES_URL": "",
    }
