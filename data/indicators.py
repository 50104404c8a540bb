"""Queries over imported indicators: append what changed, read what holds or held at an instant."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.bulk import insert_rows
from data.models import Indicator, IndicatorValue

COLUMNS = ("indicator_id", "ags", "period", "value", "imported_at")


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """What an indicator is and where it comes from."""

    indicator_id: str
    title: str
    unit: str
    source: str
    licence: str
    imported_at: datetime
    imported_by: str


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A value of a municipality and period; None is a value that the source marks as missing."""

    ags: str
    period: str
    value: float | None


def describe(session: Session, row: IndicatorRow) -> None:
    """Keep what an indicator is."""
    session.merge(Indicator(**asdict(row)))
    session.flush()


def append(
    session: Session, indicator_id: str, rows: Sequence[ValueRow], imported_at: datetime
) -> int:
    """Append the values that are new or changed and return how many; the same twice adds none."""
    held = {(row.ags, row.period): row.value for row in values(session, indicator_id)}
    fresh = [
        row
        for row in {(row.ags, row.period): row for row in rows}.values()
        if (row.ags, row.period) not in held or held[row.ags, row.period] != row.value
    ]
    cells = [(indicator_id, row.ags, row.period, row.value, imported_at) for row in fresh]
    insert_rows(session.connection(), IndicatorValue, COLUMNS, cells)
    return len(fresh)


def values(session: Session, indicator_id: str, as_of: datetime | None = None) -> list[ValueRow]:
    """Return the newest value of each municipality and period, as known at an instant if given."""
    table = IndicatorValue
    rank = func.row_number().over(
        partition_by=(table.ags, table.period),
        order_by=(table.imported_at.desc(), table.value_id.desc()),
    )
    query = select(table.ags, table.period, table.value, rank.label("place")).where(
        table.indicator_id == indicator_id
    )
    if as_of is not None:
        query = query.where(table.imported_at <= as_of)
    ranked = query.subquery()
    found = session.execute(
        select(ranked.c.ags, ranked.c.period, ranked.c.value)
        .where(ranked.c.place == 1)
        .order_by(ranked.c.ags, ranked.c.period)
    )
    return [ValueRow(*row) for row in found]


def every(session: Session) -> Iterable[IndicatorRow]:
    """Return all indicators by id."""
    names = IndicatorRow.__slots__
    found = session.execute(
        select(*(getattr(Indicator, name) for name in names)).order_by(Indicator.indicator_id)
    )
    return [IndicatorRow(*row) for row in found]
