"""The statements of the upsert: what differs between SQLite and PostgreSQL is in this file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from data import rollups
from data.bulk import Cell, columns_of, insert_rows, json_source, keys_source
from data.models import Latest, Observation, ObservationRevision
from data.observation_rows import Key, ObservationRow

COLUMNS = ObservationRow.__slots__
REVISION_COLUMNS = (
    "datastream_id",
    "phenomenon_time",
    "result_time",
    "value",
    "raw_value",
    "flag",
    "origin",
    "reason",
    "actor",
)
LATEST_COLUMNS = ("datastream_id", "phenomenon_time", "result_time", "value", "flag", "origin")
_SET = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[2:])
_REPLACE = f"on conflict (datastream_id, phenomenon_time) do update set {_SET}"
_ADVANCE = (
    "on conflict (datastream_id) do update set "
    + ", ".join(f"{name} = excluded.{name}" for name in LATEST_COLUMNS[1:])
    + " where latest.phenomenon_time <= excluded.phenomenon_time"
)
_OWN = ", ".join(COLUMNS)
_NEWEST = ", ".join(LATEST_COLUMNS)
_ALL_AT_ONCE = f"""
with given as materialized (select * from {{source}}),
done as (insert into observations ({_OWN}) select {_OWN} from given
    on conflict do nothing returning {_NEWEST}),
newest as (insert into latest ({_NEWEST})
    select distinct on (datastream_id) {_NEWEST} from done
    order by datastream_id, phenomenon_time desc {_ADVANCE}),
marks as (insert into rollup_dirty (datastream_id, start_at)
    select distinct datastream_id, date_trunc('hour', phenomenon_time, 'UTC') from done)
select datastream_id, phenomenon_time from given
except all select datastream_id, phenomenon_time from done
"""  # noqa: S608  # names of our own models
"""PostgreSQL: rows, newest values and marks in one round trip; says which keys it had already."""
Said = tuple[float | None, float | None, int]
"""Value, raw value and flag of a version."""
Stored = dict[Key, ObservationRow | None]
"""What is stored under a key already."""


def insert_missing(connection: Connection, rows: Mapping[Key, ObservationRow]) -> Stored:
    """Insert the rows whose key is new; return what is stored, locked, for all other keys."""
    if connection.dialect.name == "sqlite":  # one writer at a time: what is read stays true
        found = dict[Key, ObservationRow | None](read(connection, rows))
        new = {key: row for key, row in rows.items() if key not in found}
        insert_rows(connection, Observation, COLUMNS, [_cells(row) for row in new.values()])
        _follow(connection, new)
        return found
    columns = columns_of(Observation, COLUMNS)
    cells = [_cells(row) for row in rows.values()]
    source, values = json_source(connection.dialect, columns, cells)
    query = text(_ALL_AT_ONCE.format(source=source))
    met = [(number, at.astimezone(UTC)) for number, at in connection.execute(query, values)]
    # a row that was taken away in between is not found: it is stored like a change
    return dict.fromkeys(met) | read(connection, met)


def replace(connection: Connection, rows: Mapping[Key, ObservationRow]) -> None:
    """Store rows over what their keys had, with newest values and marks."""
    cells = [_cells(row) for row in rows.values()]
    insert_rows(connection, Observation, COLUMNS, cells, _REPLACE)
    _follow(connection, rows)


def insert_revisions(
    connection: Connection,
    superseded: Sequence[tuple[ObservationRow, str]],
    met: Iterable[Key],
    actor: str,
) -> None:
    """Keep superseded rows, each once: a message that is delivered again adds nothing.

    Neither does one that only repeats what the version before it said.
    """
    late = {row.key for row, _ in superseded} & set(met)
    history: dict[Key, list[tuple[datetime, Said]]] = {}
    for key, received, said in _known_revisions(connection, late):
        history.setdefault(key, []).append((received, said))
    rows = []
    for row, reason in sorted(superseded, key=lambda item: item[0].result_time):
        known = history.setdefault(row.key, [])
        last = max((at for at, _ in known if at <= row.result_time), default=None)
        # versions received at one instant have no order: each of them counts
        if any(said == row.said for at, said in known if at in (last, row.result_time)):
            continue
        known.append((row.result_time, row.said))
        rows.append((*row.key, row.result_time, *row.said, row.origin, reason, actor))
    insert_rows(connection, ObservationRevision, REVISION_COLUMNS, rows)


def read(connection: Connection, keys: Iterable[Key]) -> dict[Key, ObservationRow]:
    """Return what is stored under these keys, locked."""
    wanted = list(keys)
    if not wanted:
        return {}
    source, values = keys_source(connection.dialect, wanted)
    lock = "" if connection.dialect.name == "sqlite" else "for update of o"
    listed = ", ".join(f"o.{name}" for name in COLUMNS)
    query = text(
        f"select {listed} from {source} observations o "  # noqa: S608  # names of our own
        f"on o.datastream_id = k.id and o.phenomenon_time = k.at {lock}"
    ).columns(*columns_of(Observation, COLUMNS))
    rows = (ObservationRow(*row) for row in connection.execute(query, values))
    return {row.key: row for row in rows}


def _cells(row: ObservationRow) -> tuple[Cell, ...]:
    return (
        row.datastream_id,
        row.phenomenon_time,
        row.result_time,
        row.value,
        row.raw_value,
        row.flag,
        row.flag_reason,
        row.origin,
    )


def _known_revisions(
    connection: Connection, keys: Iterable[Key]
) -> list[tuple[Key, datetime, Said]]:
    wanted = list(keys)
    if not wanted:
        return []
    source, values = keys_source(connection.dialect, wanted)
    columns = columns_of(ObservationRevision, REVISION_COLUMNS[:6])
    listed = ", ".join(f"r.{column.name}" for column in columns)
    query = text(
        f"select {listed} from {source} observation_revisions r "  # noqa: S608  # names of our own
        "on r.datastream_id = k.id and r.phenomenon_time = k.at"
    ).columns(*columns)
    return [
        ((number, at), received, (value, raw, flag))
        for number, at, received, value, raw, flag in connection.execute(query, values)
    ]


def _follow(connection: Connection, rows: Mapping[Key, ObservationRow]) -> None:
    """Advance the newest values and mark the hours of rows that changed."""
    newest: dict[int, datetime] = {}
    for number, at in rows:
        newest[number] = max(at, newest.get(number, at))
    values = [[getattr(rows[key], name) for name in LATEST_COLUMNS] for key in newest.items()]
    insert_rows(connection, Latest, LATEST_COLUMNS, values, _ADVANCE)
    rollups.mark(connection, rows)
