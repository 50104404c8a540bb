"""A recipient as people enter it, checked and brought into the stored form."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from data.recipients import RecipientRow
from services.local_time import day_of
from services.notifications.addresses import ADDRESS_MAX, stored_address
from services.notifications.channels import Channels
from services.notifications.errors import RecipientRefusedError
from services.typed_text import one_line

NAME_MAX, NOTE_MAX, LIST_MAX = 80, 200, 1000
MOST_CHANNELS = 6
NAME_LABEL, CONSENT_LABEL = "Name oder Funktion", "Zugestimmt am"
CONFIRMED_LABEL = "Adressen bestätigt am"
"""The labels of the form, here so that a refusal names a field that people can find."""
GROUP = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
"""As the groups of chains and rotas are spelled."""
YES = frozenset({"ja", "j", "1", "true", "yes", "x", "aktiv"})
NO = frozenset({"nein", "n", "0", "false", "no", "", "inaktiv"})


@dataclass(frozen=True, slots=True)
class Entered:
    """The cells of a form or a table's line; groups and channels are separated by commas."""

    name: str
    groups: str
    channels: str
    active: str = "ja"
    note: str = ""
    consent_on: str = ""
    confirmed_on: str = ""


def checked(entered: Entered, channels: Channels, recipient_id: str, now: datetime) -> RecipientRow:
    """Return a recipient as it is stored.

    Raises
    ------
    RecipientRefusedError
        With the first thing that is wrong.
    """
    name = " ".join(entered.name.split())
    if not name or len(name) > NAME_MAX or not name.isprintable():
        raise RecipientRefusedError(
            user_message=f"„{NAME_LABEL}“ fehlt oder hat über {NAME_MAX} Zeichen."
        )
    return RecipientRow(
        recipient_id=recipient_id,
        name=name,
        groups=tuple(dict.fromkeys(_group(part) for part in _parts(entered.groups))),
        channels=_channels(entered.channels, channels),
        is_active=_yes(entered.active),
        note=one_line(entered.note, NOTE_MAX),
        consent_on=_day(entered.consent_on, CONSENT_LABEL),
        confirmed_on=_day(entered.confirmed_on, CONFIRMED_LABEL),
        created_at=now,
    )


def written_channels(row: RecipientRow) -> str:
    """Return the channels of a recipient as they are entered."""
    return ", ".join(f"{key}:{address}" for key, address in row.channels)


def written_day(on: date | None) -> str:
    """Return a day as it is entered."""
    return "" if on is None else f"{on:%d.%m.%Y}"


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,|\n]", text[:LIST_MAX]) if part.strip()]


def _group(text: str) -> str:
    found = text.casefold()
    if not GROUP.fullmatch(found):
        words = f"Die Gruppe „{text[:40]}“ geht nicht: Buchstaben a bis z, Ziffern, -."
        raise RecipientRefusedError(user_message=words)
    return found


def _channels(text: str, channels: Channels) -> tuple[tuple[str, str], ...]:
    found = []
    for part in _parts(text):
        key, colon, address = part.partition(":")
        key = key.strip().casefold()
        if not colon or key not in channels.by_key:
            known = ", ".join(channels.by_key) or "keine eingerichtet"
            words = f"„{part[:40]}“ beginnt nicht mit einem Meldeweg ({known}) und Doppelpunkt."
            raise RecipientRefusedError(user_message=words)
        kept = stored_address(channels.by_key[key], address)
        if not kept:
            name = channels.by_key[key].name
            words = f"„{address.strip()[:ADDRESS_MAX]}“ ist keine gültige Adresse für {name}."
            raise RecipientRefusedError(user_message=words)
        found.append((key, kept))
    if len(found) > MOST_CHANNELS:
        words = f"Höchstens {MOST_CHANNELS} Meldewege je Empfänger, angegeben sind {len(found)}."
        raise RecipientRefusedError(user_message=words)
    return tuple(dict.fromkeys(found))


def _yes(text: str) -> bool:
    found = text.strip().casefold()
    if found not in YES | NO:
        raise RecipientRefusedError(
            user_message=f"Aktiv ist „ja“ oder „nein“, nicht „{text[:20]}“."
        )
    return found in YES


def _day(text: str, what: str) -> date | None:
    bare = text.strip()
    found = day_of(bare) if bare else None
    if bare and found is None:
        words = f"„{what}“ ist kein Datum wie 01.11.2026: {bare[:20]}."
        raise RecipientRefusedError(user_message=words)
    return found
