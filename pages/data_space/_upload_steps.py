"""The steps behind the buttons of /daten/hochladen: take the bytes, check, take over."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from dash.development.base_component import Component

from components.content import Content
from components.panel import notice
from pages.data_space import _upload_view as view
from pages.data_space._upload_form import NONE
from services.container import services
from services.errors import CockpitError
from services.tables.assignment import SERIES, Assignment
from services.tables.errors import TableUnreadableError

SHARED = ("value_column", "decimal", "unit")
OF_INDICATOR = (
    "ags_column", "period_column", "period", "indicator_id", "title", "source", "licence",
)  # fmt: skip
OF_SERIES = ("time_column", "time_zone", "station_column", "station", "datastream")
READING = ("Die Tabelle wird gelesen …", False)
STORING = ("Die Tabelle wird übernommen, ganz oder gar nicht …", True)
NO_FILE = "Bitte wählen Sie zuerst eine Datei."
NOT_CHECKED = "Bitte zuerst prüfen: Datei oder Zuordnung sind neu oder haben sich geändert."

Tell = Callable[[tuple[str, bool]], None]
"""Takes what a step is at, and whether it can't be cancelled then."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What the form holds: which upload, what is above its header, kind and fields."""

    upload_id: str
    skip: object
    sheet: str
    kind: str
    fields: Mapping[str, str]

    def assignment(self) -> Assignment:
        """Return the assignment; fields of the other kind don't count."""
        own = (*SHARED, *(OF_SERIES if self.kind == SERIES else OF_INDICATOR))
        given = {name: self.fields.get(name, "") for name in own}
        skip = rows_above(self.skip)
        return Assignment.of({**given, "kind": self.kind, "skip": skip, "sheet": self.sheet})

    def fingerprint(self) -> str:
        """Tell two entries apart: what was checked is what is taken over."""
        return sha256(f"{self.upload_id} {self.assignment()}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step says and shows, and the fingerprint of what is checked now."""

    said: Content
    result: list[Component]
    checked: str = ""


def rows_above(value: object) -> int:
    """Return how many rows stand above the header; an emptied field means none."""
    return value if isinstance(value, int) else 0


def keep(contents: str) -> str:
    """Keep the bytes that a browser sent as a data address, and return their id."""
    _, _, encoded = contents.partition(",")
    try:
        body = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise TableUnreadableError("sie ist nicht vollständig angekommen") from error
    return services().uploads.keep(body)


def entered(
    uploaded: Mapping[str, str] | None, source: Sequence[Any], kind: str, fields: Sequence[Any]
) -> Entered:
    """Collect the form; `source` is (skip, sheet), `fields` are (values, ids)."""
    values, names = fields
    pairs = zip(names, values, strict=True)
    found = {item["field"]: "" if value in {None, NONE} else str(value) for item, value in pairs}
    return Entered((uploaded or {}).get("id", ""), source[0], str(source[1] or ""), kind, found)


def check(form: Entered, tell: Tell) -> Outcome:
    """Try the import without storing; `tell` says what it is at."""
    if not form.upload_id:
        return Outcome(notice(NO_FILE, "warn"), [])
    try:
        tell(READING)
        report = services().uploads.check(
            form.upload_id, form.assignment(), lambda rows: tell((view.checking(rows), False))
        )
        checked = form.fingerprint() if report.usable else ""
    except CockpitError as error:
        return Outcome(notice(error.user_message, "warn"), [])
    kind = "none" if report.usable else "warn"
    return Outcome(notice(view.said(report), kind), view.result(report, None), checked)


def take_over(form: Entered, checked: str | None, tell: Tell) -> Outcome:
    """Store what was checked; anything else has to be checked first."""
    if not form.upload_id:
        return Outcome(notice(NO_FILE, "warn"), [])
    uploads = services().uploads
    try:
        if not checked or form.fingerprint() != checked:
            return Outcome(notice(NOT_CHECKED, "warn"), [])
        chosen = form.assignment()
        tell(STORING)
        report = uploads.store(form.upload_id, chosen)
        target = view.where(chosen, uploads.streams())
    except CockpitError as error:
        return Outcome(notice(error.user_message, "warn"), [], checked or "")
    return Outcome(notice(view.said(report)), view.result(report, target), checked or "")
