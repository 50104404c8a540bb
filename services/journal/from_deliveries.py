"""Entries about messages: handed over, given up, or kept in the mailbox of drills.

They name group and channel, never a person: the journal stays, recipients can be deleted. One
message is one entry, also where it told of several alarms: all of them are named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from data import alarms, all_clears
from services.alarms import scope as scopes
from services.alarms.announcement import CLEAR_ID
from services.journal.model import Entry, Kind
from services.journal.notes import note
from services.journal.words import listed

DELIVERED = "zugestellt über {way}"
FAILED = "NICHT zugestellt, alle Wege sind gescheitert"
KEPT = "in das Übungspostfach gelegt, an niemanden gesendet"


@dataclass(frozen=True, slots=True)
class _About:
    """What a message told of: an alarm, or an all-clear. `drill_at` is event time of a drill."""

    told_id: str
    region_id: str
    scope: str
    name: str
    subjects: tuple[str, ...]
    drill_at: datetime | None


def tell(
    session: Session,
    told_ids: Sequence[str],
    group: str,
    words: str,
    at: datetime,
    digest: int | None = None,
) -> None:
    """Enter what became of a message, in the transaction that books it.

    `told_ids` are alarms or an all-clear; `digest` is the number of a message about several. `at`
    is wall time; in a drill the entry stands at the event time of the call.
    """
    found = [about for told_id in told_ids if (about := _about(session, told_id)) is not None]
    if not found:
        return
    first = found[0]
    happened_at = first.drill_at or at
    word = "zur" if first.told_id.startswith(CLEAR_ID) else "zu"
    what = "Meldung" if digest is None else f"Sammelmeldung {digest}"
    names = listed(dict.fromkeys(item.name for item in found))
    ids = [item.told_id for item in found]
    named: dict[str, object] = {"alarm": ids[0]} if len(ids) == 1 else {"alarms": ids}
    if digest is not None:
        named["digest"] = digest
    note(
        session,
        Entry(
            region_id=first.region_id,
            scope=first.scope,
            kind=Kind.DELIVERY,
            text=f"{what} an „{group}“ {word} {names}: {words}",
            happened_at=happened_at,
            noted_at=happened_at,
            wall_at=at,
            subjects=tuple(dict.fromkeys(key for item in found for key in item.subjects)),
            details={**named, "group": group},
        ),
    )


def _about(session: Session, told_id: str) -> _About | None:
    if told_id.startswith(CLEAR_ID):
        return _clear(session, told_id)
    row = alarms.by_id(session, told_id)
    if row is None:
        return None
    drill_at = (row.called_at or row.opened_at) if row.is_drill else None
    return _About(told_id, row.region_id, row.scope, row.name, (row.subject,), drill_at)


def _clear(session: Session, told_id: str) -> _About | None:
    found = all_clears.by_id(session, int(told_id.removeprefix(CLEAR_ID)))
    if found is None:
        return None
    region_id, scope, row = found
    drill_at = row.given_at if scopes.is_drill(scope) else None
    return _About(told_id, region_id, scope, f"Entwarnung für {row.area_name}", (), drill_at)
