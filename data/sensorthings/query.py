"""A question to the SensorThings entities: conditions over named fields, order, page."""

from dataclasses import dataclass, field
from datetime import datetime

Literal = str | float | int | bool | datetime | None
MORE, LESS = ("gt", "ge"), ("lt", "le")
OPERATORS = ("eq", "ne", *MORE, *LESS)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field, an operator of `OPERATORS` and a value."""

    path: str
    operator: str
    value: Literal


@dataclass(frozen=True, slots=True)
class Both:
    """All of the parts hold."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the parts holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Negation:
    """The part does not hold."""

    part: "Condition"


Condition = Comparison | Both | Either | Negation


@dataclass(frozen=True, slots=True)
class Order:
    """A field to sort by."""

    path: str
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entities of a kind: `pins` come from the path, `where` from $filter."""

    kind: str
    pins: tuple[Comparison, ...] = ()
    where: Condition | None = None
    order: tuple[Order, ...] = field(default_factory=tuple)
    top: int = 100
    skip: int = 0

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Return what must all hold."""
        if self.where is None:
            return self.pins
        parts = self.where.parts if isinstance(self.where, Both) else (self.where,)
        return (*self.pins, *parts)


class FieldError(ValueError):
    """A field is unknown or does not take such a value; the text is a German sentence."""
