"""Cycles on a clock that stands: what tests of the situation have in common."""

from datetime import UTC, datetime, timedelta

from services.cycles import CycleService

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
STEP = timedelta(minutes=15)


def cycle(store, region, clock):
    """Run and store one cycle."""
    return CycleService(store, region, clock, "simulated", members=200).run()
