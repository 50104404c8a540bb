"""The query options of a SensorThings request: $filter, $orderby, $top, $skip, $expand, …."""

from collections.abc import Iterable, Mapping

from data.sensorthings.query import Order
from services.errors import BadParameterError
from services.sensorthings.model import (
    DEFAULT_TOP,
    LINKS,
    MOST_SKIP,
    MOST_TOP,
    Expanded,
    Options,
)
from services.sensorthings.parser import MOST_LETTERS, parse_filter, plain_path

NAMES = ("$filter", "$orderby", "$top", "$skip", "$count", "$select", "$expand", "$resultFormat")
MOST_EXPANDS = 8
MOST_DEPTH = 3
MOST_ORDERS = 5


def parse_options(kind: str, given: Mapping[str, str], depth: int = 0) -> Options:
    """Return the options of a collection of `kind`.

    Raises
    ------
    BadParameterError
        When an option is unknown or not understood.
    """
    for name, text in given.items():
        if name not in NAMES:
            raise _refused(f"{name[:40]} gibt es nicht; möglich sind {', '.join(NAMES)}")
        if len(text) > MOST_LETTERS or not text.isprintable():
            raise _refused(f"{name} ist zu lang oder hat Steuerzeichen")
    if given.get("$resultFormat", "json").lower() not in ("json", "application/json"):
        raise _refused("$resultFormat kann nur json sein")
    return Options(
        where=parse_filter(given["$filter"]) if "$filter" in given else None,
        order=_orders(given.get("$orderby")),
        top=min(_whole("$top", given, DEFAULT_TOP), MOST_TOP),
        skip=_skip(given),
        is_counted=_is_counted(given.get("$count", "false")),
        select=tuple(_names(given["$select"])) if "$select" in given else (),
        expand=_expands(kind, given["$expand"], depth) if "$expand" in given else (),
    )


def split_outside(text: str, sign: str) -> list[str]:
    """Split at a sign that is in no brackets and in no quotes."""
    parts, depth, is_quoted, start = [], 0, False, 0
    for at, letter in enumerate(text):
        if letter == "'":
            is_quoted = not is_quoted
        elif not is_quoted:
            depth += {"(": 1, ")": -1}.get(letter, 0)
            if letter == sign and depth == 0:
                parts.append(text[start:at])
                start = at + 1
    if depth or is_quoted:
        raise _refused("Klammern oder Anführungszeichen sind nicht geschlossen")
    return [*parts, text[start:]]


def _expands(kind: str, text: str, depth: int) -> tuple[Expanded, ...]:
    if depth >= MOST_DEPTH:
        raise _refused(f"$expand reicht höchstens {MOST_DEPTH} Stufen tief")
    found = [_expanded(kind, part.strip(), depth) for part in split_outside(text, ",")]
    if len(found) > MOST_EXPANDS:
        raise _refused(f"$expand kann höchstens {MOST_EXPANDS} Beziehungen haben")
    return tuple(found)


def _expanded(kind: str, text: str, depth: int) -> Expanded:
    """Read `Datastreams`, `Datastreams($top=1;$expand=…)` or `Datastreams/Observations`."""
    head, bracket, inner = text.partition("(")
    head, slash, below = head.partition("/")
    link = LINKS[kind].get(head.strip())
    if link is None:
        known = ", ".join(LINKS[kind])
        raise _refused(f"{kind} hat keine Beziehung {head[:40]}; möglich sind {known}")
    given: dict[str, str] = {}
    if slash:
        given["$expand"] = below + bracket + inner
    elif bracket:
        if not inner.endswith(")"):
            raise _refused("eine Klammer in $expand ist nicht geschlossen")
        for option in filter(None, split_outside(inner[:-1], ";")):
            name, _, value = option.strip().partition("=")
            given[name] = value
    return Expanded(head.strip(), parse_options(link.kind, given, depth + 1))


def _orders(text: str | None) -> tuple[Order, ...]:
    if text is None:
        return ()
    found = []
    for part in text.split(","):
        match part.split():
            case [path]:
                found.append(Order(plain_path(path)))
            case [path, way] if way.lower() in ("asc", "desc"):
                found.append(Order(plain_path(path), way.lower() == "desc"))
            case _:
                raise _refused("$orderby wird nicht verstanden, Beispiel: phenomenonTime desc")
    if len(found) > MOST_ORDERS:
        raise _refused(f"$orderby kann höchstens {MOST_ORDERS} Felder haben")
    return tuple(found)


def _names(text: str) -> Iterable[str]:
    names = [name.strip() for name in text.split(",")]
    return ["@iot.id" if name == "id" else name for name in names if name]


def _skip(given: Mapping[str, str]) -> int:
    skip = _whole("$skip", given, 0)
    if skip > MOST_SKIP:
        words = f"$skip kann höchstens {MOST_SKIP} sein; weiter hinten hilft ein $filter nach Zeit"
        raise _refused(words)
    return skip


def _whole(name: str, given: Mapping[str, str], default: int) -> int:
    text = given.get(name, str(default)).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST_SKIP)) + 1):
        raise _refused(f"{name} muss eine ganze Zahl ab 0 sein")
    return int(text)


def _is_counted(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise _refused("$count kann true oder false sein")
    return text.lower() == "true"


def _refused(reason: str) -> BadParameterError:
    return BadParameterError(user_message=f"{reason}.")
