"""Comparisons with the id of an observation, spelled out by what the id stands for."""

from collections.abc import Callable
from dataclasses import replace

from data.sensorthings.query import Both, Comparison, Condition, Either, FieldError, Negation

Pins = Callable[[object], tuple[Comparison, ...]]


def spelled_out(where: Condition, pins: Pins) -> Condition:
    """Return the condition with datastream and time in the place of `id eq '…'`.

    Raises
    ------
    FieldError
        When an id is compared otherwise: it has no order.
    """
    if isinstance(where, Both | Either):
        return replace(where, parts=tuple(spelled_out(part, pins) for part in where.parts))
    if isinstance(where, Negation):
        return Negation(spelled_out(where.part, pins))
    if where.path != "id":
        return where
    if where.operator not in ("eq", "ne") or not isinstance(where.value, str):
        raise FieldError("Die id einer Beobachtung kann nur gleich (eq, ne) einem Text sein.")
    found = Both(pins(where.value))
    return found if where.operator == "eq" else Negation(found)
