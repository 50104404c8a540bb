"""The path of a SensorThings request: `Things('x')/Datastreams`, `Datastreams(1)/Observations`."""

import re

from services.errors import UnknownResourceError
from services.sensorthings.model import KINDS, LINKS, Step

PART = re.compile(r"(?P<name>[A-Za-z]+)(?:\((?P<key>-?\d{1,18}|'(?:[^'/]|'')*')\))?")
MOST_PARTS = 5


def parse_path(path: str) -> tuple[Step, ...]:
    """Return the steps of a path; the first names a collection, the others navigate from it.

    Raises
    ------
    UnknownResourceError
        When the path is none of ours.
    """
    parts = path.strip("/").split("/")
    found = [PART.fullmatch(part) for part in parts]
    if len(parts) > MOST_PARTS or not path.isprintable():
        raise unknown(path)
    steps = tuple(_step(match) for match in found if match is not None)
    if len(steps) != len(parts) or steps[0].name not in KINDS:
        raise unknown(path)
    return steps


def kind_of(steps: tuple[Step, ...]) -> tuple[str, bool]:
    """Return the kind that a path leads to, and whether it is a collection.

    Raises
    ------
    UnknownResourceError
        When it navigates where nothing leads.
    """
    kind, is_many = steps[0].name, steps[0].key is None
    for step in steps[1:]:
        link = LINKS[kind].get(step.name)
        if link is None or is_many or (step.key is not None and not link.is_many):
            raise unknown(step.name)
        kind, is_many = link.kind, link.is_many and step.key is None
    return kind, is_many


def unknown(what: str) -> UnknownResourceError:
    """Return the refusal of an address."""
    words = "Diese SensorThings-Adresse gibt es nicht. Was es gibt, sagt die Wurzel des Dienstes."
    return UnknownResourceError(what, user_message=words)


def _step(match: re.Match[str]) -> Step:
    key = match["key"]
    if key is None:
        return Step(match["name"])
    if key.startswith("'"):
        return Step(match["name"], key[1:-1].replace("''", "'"))
    return Step(match["name"], int(key))
