"""Reads SensorThings entities: a checked question becomes bound expressions, never text."""

from collections.abc import Callable, Sequence
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select
from sqlalchemy.orm import Session

from data.models import Archive, Datastream, Observation, Thing
from data.sensorthings.fields import FIELDS, KEYS, Field
from data.sensorthings.query import (
    OPERATORS,
    Both,
    Comparison,
    Condition,
    FieldError,
    Negation,
    Wanted,
)
from data.things import HEARTBEAT

Clause = ColumnElement[bool]
Row = tuple[Any, ...]
COMPARE: dict[str, Callable[[Any, Any], Any]] = dict(
    zip(OPERATORS, (eq, ne, gt, ge, lt, le), strict=True)
)


def rows(session: Session, wanted: Wanted) -> list[Row]:
    """Return the entities of a page as rows of `_select`.

    Raises
    ------
    FieldError
        When a field is unknown or a value does not fit it.
    """
    query = _select(wanted.kind).where(*_clauses(wanted))
    for order in wanted.order:
        column = _field(wanted.kind, order.path).column
        query = query.order_by(column.desc() if order.is_descending else column.asc())
    named = {order.path for order in wanted.order}
    is_sorted = wanted.kind == "Observations" and named == {"phenomenonTime"}
    if not (is_sorted and _is_pinned(wanted)):
        query = query.order_by(*KEYS[wanted.kind])
    found = session.connection().execute(query.offset(wanted.skip).limit(wanted.top))
    return [tuple(row) for row in found]


def count(session: Session, wanted: Wanted) -> int:
    """Return how many entities the question finds on all pages."""
    inner = _select(wanted.kind).where(*_clauses(wanted)).subquery()
    return session.scalar(select(func.count()).select_from(inner)) or 0


def _is_pinned(wanted: Wanted) -> bool:
    return any(pin.path == "Datastream/id" and pin.operator == "eq" for pin in wanted.pins)


def _select(kind: str) -> Any:  # noqa: ANN401  # each kind has other columns
    """Return the columns of a kind, in the order that `services.sensorthings.entities` reads."""
    things = select(
        Thing.thing_id, Thing.name, Thing.kind, Thing.lat, Thing.lon, Thing.source
    ).where(Thing.kind != HEARTBEAT)
    if kind == "Things":
        return things
    if kind == "ObservedProperties":
        streams = select(Datastream.observed_property).join(Thing)
        return streams.where(Thing.kind != HEARTBEAT).distinct()
    if kind in ("Locations", "FeaturesOfInterest"):
        return things.where(Thing.lat.is_not(None), Thing.lon.is_not(None))
    return _observations() if kind == "Observations" else _datastreams()


def _datastreams() -> Any:  # noqa: ANN401  # as above
    columns = (Datastream.datastream_id, Datastream.key, Datastream.observed_property)
    archived = (
        select(func.max(Archive.last_at))
        .where(Archive.datastream_id == Datastream.datastream_id)
        .correlate(Datastream)
        .scalar_subquery()
    )
    return (
        select(*columns, Datastream.unit, Thing.thing_id, Thing.name, archived)
        .join(Thing, Thing.thing_id == Datastream.thing_id)
        .where(Thing.kind != HEARTBEAT)
    )


def _observations() -> Any:  # noqa: ANN401  # as above
    return (
        select(
            Observation.datastream_id,
            Observation.phenomenon_time,
            Observation.result_time,
            Observation.value,
            Observation.flag,
            Observation.flag_reason,
            Observation.origin,
            Datastream.thing_id,
        )
        .join(Datastream, Datastream.datastream_id == Observation.datastream_id)
        .join(Thing, Thing.thing_id == Datastream.thing_id)
        .where(Thing.kind != HEARTBEAT)
    )


def _clauses(wanted: Wanted) -> Sequence[Clause]:
    return [_clause(wanted.kind, condition) for condition in wanted.conditions]


def _clause(kind: str, condition: Condition) -> Clause:
    if isinstance(condition, Comparison):
        return _comparison(kind, condition)
    if isinstance(condition, Negation):
        return not_(_clause(kind, condition.part))
    parts = [_clause(kind, part) for part in condition.parts]
    return and_(*parts) if isinstance(condition, Both) else or_(*parts)


def _comparison(kind: str, found: Comparison) -> Clause:
    field = _field(kind, found.path)
    if not field.takes(found.value):
        raise FieldError(f"{found.path} kann nur mit {field.kind} verglichen werden.")
    if found.value is None:
        if found.operator not in ("eq", "ne"):
            return false()
        is_null: Clause = field.column.is_(None)
        return is_null if found.operator == "eq" else not_(is_null)
    clause: Clause = COMPARE[found.operator](field.column, found.value)
    return clause


def _field(kind: str, path: str) -> Field:
    fields = FIELDS[kind]
    if path not in fields:
        known = ", ".join(fields)
        raise FieldError(f"{kind} hat hier kein Feld {path[:80]}; möglich sind {known}.")
    return fields[path]
