"""Two people who press at the same moment, each in a thread of their own."""

import threading
from collections.abc import Callable, Iterable

from services.errors import CockpitError
from services.people.identity import acting
from services.people.model import Identity

PATIENCE_S = 60.0


def pressed(who: Iterable[Identity], press: Callable[[Identity], object]) -> list[str]:
    """Return what each was told, "" where it was done; anything unexpected is raised."""
    people = list(who)
    gate, said, faults = threading.Barrier(len(people)), [], []

    def go(person: Identity) -> None:
        gate.wait(PATIENCE_S)
        try:
            with acting(person):
                press(person)
            said.append("")
        except CockpitError as error:
            said.append(error.user_message)
        except Exception as error:  # noqa: BLE001  # a thread must hand its fault over
            faults.append(error)

    threads = [threading.Thread(target=go, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert faults == []
    assert len(said) == len(people)
    return sorted(said)
