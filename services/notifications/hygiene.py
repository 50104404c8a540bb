"""What is wrong with recipients: what hinders a message, and what somebody should look after."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.recipients import RecipientRow

CONFIRMED_FOR = timedelta(days=365)
"""Then an address should have been confirmed again (estimate: people change posts)."""


@dataclass(frozen=True, slots=True)
class Known:
    """What recipients are compared with: groups that alarms call, and channels by key."""

    groups: Collection[str]
    channels: Mapping[str, str]


def remarks(
    rows: Sequence[RecipientRow],
    known: Known,
    today: date,
    failed: Mapping[str, datetime] | None = None,
) -> dict[str, list[str]]:
    """Return by recipient what somebody should look after, in words."""
    names = Counter(row.name.casefold() for row in rows)
    ways = Counter(way for row in rows for way in row.channels)
    found: dict[str, list[str]] = {}
    for row in rows:
        said = _of_one(row, known, today)
        if names[row.name.casefold()] > 1:
            said.append("Name kommt mehrfach vor")
        said += [
            f"Adresse für {known.channels.get(way[0], way[0])} haben auch andere"
            for way in row.channels
            if ways[way] > 1
        ]
        if failed and row.recipient_id in failed:
            said.append(f"zuletzt nicht zugestellt am {failed[row.recipient_id]:%d.%m.%Y}")
        if said:
            found[row.recipient_id] = said
    return found


def _of_one(row: RecipientRow, known: Known, today: date) -> list[str]:
    said = []
    if not row.channels:
        said.append("kein Meldeweg")
    if not row.groups:
        said.append("in keiner Gruppe")
    said += [f"Gruppe „{name}“ wird nie gerufen" for name in row.groups if name not in known.groups]
    said += [
        f"Meldeweg „{key}“ ist nicht eingerichtet"
        for key, _address in row.channels
        if key not in known.channels
    ]
    if row.confirmed_on is None:
        said.append("nie bestätigt")
    elif today - row.confirmed_on > CONFIRMED_FOR:
        said.append(f"zuletzt bestätigt am {row.confirmed_on:%d.%m.%Y}, über ein Jahr her")
    return said
