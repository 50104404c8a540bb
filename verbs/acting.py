"""Acting under the name that `--by` gives: whoever may run a verb on the machine may write."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def acting_as(name: str) -> Iterator[None]:
    """Do what follows as the system, recorded under a name.

    Raises
    ------
    NotSignedInError
        When the name is blank.
    """
    from services.people.errors import NotSignedInError
    from services.people.identity import acting
    from services.people.model import system

    if not name.strip():
        raise NotSignedInError(user_message="Bitte mit --by den Namen der Person angeben.")
    with acting(system(name.strip())):
        yield
