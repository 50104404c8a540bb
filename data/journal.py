"""Queries over the journal: appended under one lock, read by filters, walked as a chain."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, or_, select
from sqlalchemy.orm import Session

from data import chain, locks
from data.chain import Verdict
from data.column_types import EPOCH, MICROSECOND
from data.models import JournalEntry, JournalPhoto

_LOCK_KEY = 7137004
"""PostgreSQL advisory lock: two writers must not seal the same entry. It is taken before that of
the audit log, always, or two writers could wait for each other."""
BAR = "|"


@dataclass(frozen=True, slots=True)
class JournalRow:
    """An entry as it is stored; `entry_id` and hashes are given by `append`."""

    region_id: str
    scope: str
    kind: str
    happened_at: datetime
    noted_at: datetime
    wall_at: datetime
    actor: str
    text: str
    person_id: str = ""
    subjects: str = ""
    lat: float | None = None
    lon: float | None = None
    photo: str | None = None
    refers_to: int | None = None
    details: dict[str, Any] = field(default_factory=dict)
    entry_id: int = 0
    prev_hash: str = ""
    entry_hash: str = ""

    @property
    def number(self) -> int:
        """Return the number of the entry."""
        return self.entry_id

    def content(self) -> list[object]:
        """Return what is sealed of the entry: all but its number and the hashes."""
        return [_plain(getattr(self, name)) for name in _SEALED]


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photo with its bytes."""

    sha256: str
    media_type: str
    width: int
    height: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Search:
    """Which entries of one region and scope are wanted; what is empty does not narrow.

    `start` and `end` bound when it happened, `known_at` when it was entered (all event clock).
    `but` are kinds that are not wanted, `without` is a name that no person has: entries under it
    are not wanted unless they hold the account of their author.
    """

    region_id: str
    scope: str
    kinds: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    without: str = ""
    start: datetime | None = None
    end: datetime | None = None
    known_at: datetime | None = None
    subject: str = ""
    words: str = ""


_NAMES = tuple(item.name for item in fields(JournalRow))
_SEALED = tuple(name for name in _NAMES if name not in {"entry_id", "prev_hash", "entry_hash"})
_COLUMNS = tuple(getattr(JournalEntry, name) for name in _NAMES)


def key_text(keys: Iterable[str]) -> str:
    """Return keys of places ("place/river") and gauges as an entry keeps them."""
    found = [key for key in keys if key]
    return f"{BAR}{BAR.join(found)}{BAR}" if found else ""


def hold(session: Session) -> None:
    """Let nobody else write into the journal until the transaction ends."""
    locks.hold(session, _LOCK_KEY)


def append(session: Session, row: JournalRow) -> int:
    """Append an entry in the caller's transaction, begun for writing; returns its number."""
    hold(session)
    values = {name: getattr(row, name) for name in _SEALED}
    values["details"] = json.loads(json.dumps(row.details, default=str))
    previous = head(session)
    content = [_plain(values[name]) for name in _SEALED]
    values |= {"prev_hash": previous, "entry_hash": chain.seal(previous, content)}
    done = session.execute(insert(JournalEntry).values(**values).returning(JournalEntry.entry_id))
    return int(done.scalar_one())


def head(session: Session) -> str:
    """Return the hash of the newest entry, empty before the first."""
    newest = select(JournalEntry.entry_hash).order_by(JournalEntry.entry_id.desc()).limit(1)
    return session.scalar(newest) or ""


def last_entry(session: Session) -> int:
    """Return the number of the newest entry, 0 before the first."""
    return session.scalar(select(func.max(JournalEntry.entry_id))) or 0


def by_id(session: Session, region_id: str, entry_id: int) -> JournalRow | None:
    """Return an entry of a region."""
    question = select(*_COLUMNS).where(
        JournalEntry.entry_id == entry_id, JournalEntry.region_id == region_id
    )
    found = session.execute(question).first()
    return None if found is None else JournalRow(*found)


def referring(session: Session, entry_ids: Iterable[int], kind: str) -> list[JournalRow]:
    """Return the entries of a kind that are about some others, oldest first."""
    wanted = list(entry_ids)
    question = (
        select(*_COLUMNS)
        .where(JournalEntry.refers_to.in_(wanted), JournalEntry.kind == kind)
        .order_by(JournalEntry.entry_id)
    )
    return [JournalRow(*row) for row in session.execute(question)] if wanted else []


def search(
    session: Session, wanted: Search, limit: int, offset: int = 0, *, newest_first: bool = True
) -> list[JournalRow]:
    """Return entries by when they happened; of one instant by when they were entered."""
    order = (JournalEntry.happened_at, JournalEntry.entry_id)
    question = select(*_COLUMNS).where(*_conditions(wanted)).limit(limit).offset(offset)
    question = question.order_by(*(item.desc() for item in order) if newest_first else order)
    return [JournalRow(*row) for row in session.execute(question)]


def count(session: Session, wanted: Search) -> int:
    """Return how many entries a search finds."""
    question = select(func.count()).select_from(JournalEntry).where(*_conditions(wanted))
    return session.scalar(question) or 0


def verify(session: Session) -> Verdict:
    """Walk the whole chain, some thousand entries at a time."""
    return chain.verify(chain.walk(lambda last: _after(session, last)))


def add_photo(session: Session, row: PhotoRow) -> None:
    """Store a photo once."""
    if session.get(JournalPhoto, row.sha256) is None:
        values = {item.name: getattr(row, item.name) for item in fields(PhotoRow)}
        session.execute(insert(JournalPhoto).values(**values))


def photo(session: Session, wanted: Search, sha256: str) -> PhotoRow | None:
    """Return a photo that an entry of a search shows."""
    shown = select(JournalEntry.entry_id).where(*_conditions(wanted), JournalEntry.photo == sha256)
    if session.scalar(shown.limit(1)) is None:
        return None
    found = session.get(JournalPhoto, sha256)
    if found is None:
        return None
    return PhotoRow(found.sha256, found.media_type, found.width, found.height, found.body)


def _conditions(wanted: Search) -> list[ColumnElement[bool]]:
    found = [JournalEntry.region_id == wanted.region_id, JournalEntry.scope == wanted.scope]
    found += _kind_conditions(wanted)
    if wanted.start is not None:
        found.append(JournalEntry.happened_at >= wanted.start)
    if wanted.end is not None:
        found.append(JournalEntry.happened_at <= wanted.end)
    if wanted.known_at is not None:
        found.append(JournalEntry.noted_at <= wanted.known_at)
    if wanted.subject:
        found.append(JournalEntry.subjects.contains(f"{BAR}{wanted.subject}", autoescape=True))
    if wanted.words:
        # SQLite lowers ASCII only: what is typed is looked for as it is, too
        lowered = wanted.words.lower()
        columns = (JournalEntry.text, JournalEntry.actor)
        found.append(
            or_(
                *(func.lower(column).contains(lowered, autoescape=True) for column in columns),
                *(column.contains(wanted.words, autoescape=True) for column in columns),
            )
        )
    return found


def _kind_conditions(wanted: Search) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.kinds:
        found.append(JournalEntry.kind.in_(wanted.kinds))
    if wanted.but:
        found.append(JournalEntry.kind.not_in(wanted.but))
    if wanted.without:
        found.append(or_(JournalEntry.actor != wanted.without, JournalEntry.person_id != ""))
    return found


def _after(session: Session, last: int) -> list[JournalRow]:
    question = select(*_COLUMNS).where(JournalEntry.entry_id > last)
    rows = session.execute(question.order_by(JournalEntry.entry_id).limit(chain.PAGE))
    return [JournalRow(*row) for row in rows]


def _plain(value: object) -> object:
    return (value - EPOCH) // MICROSECOND if isinstance(value, datetime) else value
