"""Lists of recipients as CSV: out for keeping, in with a preview line by line."""

import csv
import io
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from data.recipients import RecipientRow
from services.catalogue.formats.csv_file import DANGEROUS, cell
from services.notifications.channels import Channels
from services.notifications.errors import RecipientRefusedError, RecipientTableError
from services.notifications.recipient_form import (
    Entered,
    checked,
    written_channels,
    written_day,
)

COLUMNS = ("name", "groups", "channels", "active", "note", "consent_on", "confirmed_on")
BYTES_MAX = 1_000_000
LINES_MAX = 2000
"""A county has some hundred recipients (estimate)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list: the recipient, or what is wrong. `is_known`: name and address exist."""

    number: int
    name: str
    recipient: RecipientRow | None
    fault: str = ""
    is_known: bool = False


def write_table(rows: Sequence[RecipientRow]) -> str:
    """Return recipients as CSV with semicolons, as spreadsheets here open it."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        values = (
            row.name,
            ", ".join(row.groups),
            written_channels(row),
            "ja" if row.is_active else "nein",
            row.note,
            written_day(row.consent_on),
            written_day(row.confirmed_on),
        )
        writer.writerow([cell(value) for value in values])
    return made.getvalue()


def read_table(
    body: bytes, channels: Channels, stored: Sequence[RecipientRow], now: datetime
) -> list[Line]:
    """Return the lines of a list, each checked for itself.

    Raises
    ------
    RecipientTableError
        When it is no such list at all.
    """
    if len(body) > BYTES_MAX:
        words = f"Die Datei hat {len(body)} Bytes, möglich sind {BYTES_MAX}."
        raise RecipientTableError(user_message=words)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        words = "Die Datei ist nicht in UTF-8 gespeichert."
        raise RecipientTableError(user_message=words) from error
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    try:
        reader = csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True)
        missing = [name for name in ("name", "groups", "channels") if name not in _heads(reader)]
        if missing:
            words = (
                f"In der Kopfzeile fehlt {', '.join(missing)}; möglich sind {', '.join(COLUMNS)}."
            )
            raise RecipientTableError(user_message=words)
        found = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise RecipientTableError(user_message=f"Die Datei ist kein CSV: {error}.") from error
    if len(found) > LINES_MAX:
        words = f"Die Liste hat {len(found)} Zeilen, möglich sind {LINES_MAX}."
        raise RecipientTableError(user_message=words)
    return _lines(found, channels, stored, now)


def _heads(reader: "csv.DictReader[str]") -> list[str]:
    names = [(name or "").strip().casefold() for name in reader.fieldnames or ()]
    reader.fieldnames = names
    return names


def _lines(
    found: Sequence[tuple[int, Mapping[str, str | None]]],
    channels: Channels,
    stored: Sequence[RecipientRow],
    now: datetime,
) -> list[Line]:
    known = {_identity(row) for row in stored}
    lines = []
    for number, row in found:
        values = {name: _bare(row.get(name)) for name in COLUMNS if name in row}
        entered = Entered(**{"active": "ja", **values})
        try:
            made = _complete(checked(entered, channels, str(uuid.uuid4()), now))
        except RecipientRefusedError as error:
            lines.append(Line(number, entered.name[:80], None, error.user_message))
            continue
        is_known = _identity(made) in known
        known.add(_identity(made))
        lines.append(Line(number, made.name, made, is_known=is_known))
    return lines


def _complete(row: RecipientRow) -> RecipientRow:
    """Return a recipient of a list, in which nobody may stand whom no message reaches."""
    lacking = [
        word for word, has in (("Gruppe", row.groups), ("Meldeweg", row.channels)) if not has
    ]
    if lacking:
        verb = "fehlt" if len(lacking) == 1 else "fehlen"
        raise RecipientRefusedError(user_message=f"{' und '.join(lacking)} {verb}.")
    return row


def _identity(row: RecipientRow) -> tuple[str, tuple[tuple[str, str], ...]]:
    return (row.name.casefold(), tuple(sorted(row.channels)))


def _bare(text: str | None) -> str:
    """Take away the apostrophe that kept a text from becoming a formula."""
    found = text if isinstance(text, str) else ""
    return found[1:] if found.startswith("'") and found[1:].startswith(DANGEROUS) else found
