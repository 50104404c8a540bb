"""Which clock an alarm belongs to: real operation, or one replay."""

from services.clock import Clock

LIVE = "live"
REPLAY = "replay"


def of(clock: Clock) -> str:
    """Return the scope of a clock; each replay has one of its own."""
    epoch = clock.epoch()
    if epoch is None:
        return LIVE if clock.view().kind == LIVE else REPLAY
    return f"{REPLAY}:{epoch.isoformat()}"


def is_drill(scope: str) -> bool:
    """Tell whether alarms of a scope concern nothing real."""
    return scope != LIVE
