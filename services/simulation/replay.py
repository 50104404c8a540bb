"""Which events there are, and how one begins; nothing of it computes, so a start can ask for it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data import replays
from data.engine import writing
from data.region_pack.scenarios import Scenario
from services.clock import wall_now
from services.errors import CockpitError


class UnknownScenarioError(CockpitError):
    """The region has no event of this name."""

    user_message = "Dieses Ereignis gibt es in dieser Region nicht."


def find_scenario(scenarios: Mapping[str, Scenario], name: str) -> Scenario:
    """Return a named event.

    Raises
    ------
    UnknownScenarioError
        With the names that exist.
    """
    if name not in scenarios:
        known = ", ".join(sorted(scenarios)) or "keine"
        raise UnknownScenarioError(
            name,
            user_message=f"Das Ereignis „{name}“ gibt es nicht. Vorhanden: {known}.",
        )
    return scenarios[name]


def begin_replay(
    sessions: sessionmaker[Session],
    scenario: Scenario,
    speed: float,
    event_start: datetime | None = None,
    wall: Callable[[], datetime] = wall_now,
) -> None:
    """Forget what earlier replays wrote and set the simulation's clock to the event."""
    event = (event_start or scenario.play_from, scenario.end)
    with sessions() as session, session.begin():
        writing(session)
        replays.purge(session)
        replays.start(session, scenario.id, event, wall(), speed)
