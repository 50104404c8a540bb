"""Keeps questions for observations small: of one datastream any, across them a month at most."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from data.sensorthings.query import LESS, MORE, Both, Comparison, Condition, Wanted
from services.errors import BadParameterError

SPAN = timedelta(days=31)
PINS = ("Datastream/id", "Datastream/name")
TIME = "phenomenonTime"
WORDS = (
    "Beobachtungen über alle Messreihen hinweg brauchen in $filter einen Zeitraum von höchstens "
    f"{SPAN.days} Tagen (phenomenonTime ge … and phenomenonTime le …), oder eine Messreihe: "
    "Datastreams(1)/Observations."
)


def check_bounds(wanted: Wanted, *, is_counted: bool, now: datetime) -> None:
    """Refuse a question that would search the whole store.

    Without any filter and order the first page needs no search: the key gives it.

    Raises
    ------
    BadParameterError
        With what the question needs.
    """
    is_plain = wanted.where is None and not wanted.order and not is_counted and not wanted.pins
    if wanted.kind != "Observations" or (is_plain and not wanted.skip):
        return
    named = list(_named(wanted.conditions))
    if any(part.path in PINS and part.operator == "eq" for part in named):
        return
    starts = [part.value for part in named if part.path == TIME and part.operator in MORE]
    ends = [part.value for part in named if part.path == TIME and part.operator in LESS]
    instants = [part.value for part in named if part.path == TIME and part.operator == "eq"]
    start = max((at for at in starts if isinstance(at, datetime)), default=None)
    end = min((at for at in ends if isinstance(at, datetime)), default=now)
    if not instants and (start is None or end - start > SPAN):
        raise BadParameterError(user_message=WORDS)


def _named(conditions: Iterable[Condition]) -> Iterable[Comparison]:
    """Return the comparisons that must all hold."""
    for condition in conditions:
        if isinstance(condition, Comparison):
            yield condition
        elif isinstance(condition, Both):
            yield from _named(condition.parts)
