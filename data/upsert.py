"""Idempotent storing of observations in few statements, the same on both databases."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from operator import attrgetter

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from data import partitions, upsert_sql
from data.doubted import DOUBTED_FROM
from data.observation_rows import Key, ObservationRow

CHUNK = 5000
"""Rows a statement (estimate): bounds memory, not the number of parameters."""
NEWER = "ersetzt durch neuere Meldung"
OLDER = "ältere Meldung, später eingetroffen"
BESIDE = "Meldung des Geräts zur Zeit einer Ablesung"
BY_HAND = "manual"
"""Origin of what a person has read and entered."""
REASON_MAX = 200
"""Width of the column."""
Group = list[ObservationRow]
"""Rows of one key in order of receipt."""


def upsert(session: Session, rows: Sequence[ObservationRow], *, actor: str = "ingest") -> int:
    """Store rows; a changed value keeps its predecessor as a revision. Returns rows that changed.

    The same row twice changes nothing. Of two rows with one key the later `result_time` wins; a
    reading that a person entered stays, and what a device says of that instant is kept beside it.
    """
    session.flush()
    partitions.ensure(session, {row.phenomenon_time.astimezone(UTC).year for row in rows})
    by_key: dict[Key, Group] = {}
    for row in sorted(rows, key=attrgetter("result_time")):
        by_key.setdefault((row.datastream_id, row.phenomenon_time), []).append(row)
    keys = sorted(by_key)  # writers that meet take their locks in the same order
    connection = session.connection()
    return sum(
        _store(connection, {key: by_key[key] for key in keys[start : start + CHUNK]}, actor)
        for start in range(0, len(keys), CHUNK)
    )


def reflag(
    session: Session, flags: Mapping[Key, tuple[int, str]], at: datetime, *, actor: str
) -> int:
    """Give stored observations another flag and reason; values stay. Returns rows that changed.

    What they said before stays as a revision; the new version counts as received at `at`, so that
    a query as of an earlier instant still finds the old flag.
    """
    session.flush()
    connection = session.connection()
    keys = sorted(flags)
    changed = 0
    for start in range(0, len(keys), CHUNK):
        stored = upsert_sql.read(connection, keys[start : start + CHUNK])
        new = {
            key: _flagged(row, *flags[key], at)
            for key, row in stored.items()
            if (row.flag, row.flag_reason) != flags[key]
        }
        if new:
            upsert_sql.replace(connection, new)
            why = [(stored[key], f"geprüft: {new[key].flag_reason}"[:REASON_MAX]) for key in new]
            upsert_sql.insert_revisions(connection, why, new, actor)
        changed += len(new)
    return changed


def _flagged(row: ObservationRow, flag: int, reason: str, at: datetime) -> ObservationRow:
    received = max(at, row.result_time)
    return replace(row, flag=flag, flag_reason=reason, result_time=received)


def _store(connection: Connection, groups: dict[Key, Group], actor: str) -> int:
    """Store rows that come grouped by key, each group in order of receipt."""
    folded = {key: _fold(None, group) for key, group in groups.items()}
    met = upsert_sql.insert_missing(connection, {key: row for key, (row, _) in folded.items()})
    folded |= {key: _fold(old, groups[key]) for key, old in met.items()}
    replaced = {key: folded[key][0] for key, old in met.items() if folded[key][0] is not old}
    if replaced:
        upsert_sql.replace(connection, replaced)
    superseded = [item for _, items in folded.values() for item in items]
    if superseded:
        upsert_sql.insert_revisions(connection, superseded, met, actor)
    return len(groups) - len(met) + len(replaced)


def _fold(
    current: ObservationRow | None, group: Group
) -> tuple[ObservationRow, list[tuple[ObservationRow, str]]]:
    """Return which row holds after all of a group arrived, and those that do not, with reasons."""
    superseded = []
    for row in group:
        if current is None:
            current = row
        elif current.said == row.said and row.result_time >= current.result_time:
            continue  # the same again; what was heard earlier is kept, for what was known then
        elif _stays(current, row):
            # as of any instant the reading holds, so what stands beside it is no newer than it
            superseded.append((replace(row, result_time=current.result_time), BESIDE))
        elif row.result_time >= current.result_time:
            superseded.append((current, NEWER))
            current = row
        else:
            superseded.append((row, OLDER))
    return current or group[-1], superseded


def _stays(current: ObservationRow, row: ObservationRow) -> bool:
    """Tell whether a reading by hand holds against a device's word; one withdrawn makes room."""
    return current.origin == BY_HAND != row.origin and current.flag < DOUBTED_FROM
