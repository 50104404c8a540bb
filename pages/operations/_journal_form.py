"""The forms of the journal: a new entry with photo and position, and a correction."""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime

from dash import dcc, html
from dash.development.base_component import Component

from components import formats
from components.field import long_text_field, select_field, text_field
from components.panel import disclosure, notice, panel
from pages.operations import _journal_ids as ids
from pages.operations._journal_original import number_of, original_place
from pages.operations._journal_state import TIME_MAX
from services.container import services
from services.errors import CockpitError
from services.journal.desk import REASON_MAX, TEXT_MAX, Draft
from services.journal.errors import EntryRefusedError, PhotoRefusedError
from services.journal.model import KIND_WORDS, MANUAL, Kind
from services.journal.photo import BYTES_MAX
from services.local_time import HOUR_PATTERN, Occurrence, instant_near

NOWHERE = "__keiner__"
"""Chosen where nothing is; a select shows an empty value as an empty box, without its words."""
MB = BYTES_MAX // 1_000_000
POSITION_MAX = 12
HAPPENED_HINT = f"leer: jetzt, sonst {HOUR_PATTERN}"
BAD_POSITION = "Bitte Breite und Länge als Grad angeben, zum Beispiel 50,32841 und 7,22310."
BAD_NUMBER = "Bitte die Nummer des Eintrags angeben, der berichtigt wird."
NOT_ARRIVED = "Das Foto ist nicht vollständig angekommen. Bitte noch einmal wählen."


def new_form() -> Component:
    """Ask for a new entry."""
    kinds = [(kind.value, KIND_WORDS[kind]) for kind in MANUAL]
    head = html.Div(
        [
            select_field("Art", ids.KIND, kinds, Kind.SITUATION.value),
            text_field("Zeit des Ereignisses", ids.HAPPENED, TIME_MAX, HAPPENED_HINT),
            select_field("Ort oder Pegel", ids.PLACE, place_options(), NOWHERE),
        ],
        className="form-row form-row--top",
    )
    more = [
        html.Div(
            [
                text_field("Breite in Grad", ids.LAT, POSITION_MAX, "zum Beispiel 50,32841"),
                text_field("Länge in Grad", ids.LON, POSITION_MAX, "zum Beispiel 7,22310"),
            ],
            className="form-row form-row--top",
        ),
        _photo_field(),
    ]
    return panel(
        "Neuer Eintrag",
        [
            head,
            long_text_field("Was ist geschehen?", ids.TEXT, TEXT_MAX),
            disclosure("Foto und Position", more),
            html.Div(_button("Eintragen", ids.WRITE), className="actions panel__after"),
            html.Div(id=ids.WRITE_NOTE, role="status", className="panel__after"),
        ],
    )


def _photo_field() -> Component:
    chooser = dcc.Upload(
        html.Div(
            [
                html.Button("Foto wählen", className="btn btn-sm btn-quiet", type="button"),
                html.Span(f"JPEG oder PNG, höchstens {MB} MB", className="muted"),
            ],
            className="actions",
        ),
        id=ids.PHOTO,
        accept="image/jpeg,image/png",
        max_size=BYTES_MAX,
        className="upload__drop",
    )
    return html.Div([chooser, html.Div(id=ids.PHOTO_NOTE, role="status")])


def fix_form() -> Component:
    """Ask for a correction; its entry is chosen in the list or by its number."""
    hint = "Der ursprüngliche Eintrag bleibt stehen, durchgestrichen, mit Grund, Name und Zeit."
    return panel(
        "Eintrag berichtigen",
        [
            html.P(hint, className="muted"),
            html.Div(
                [
                    text_field("Nummer des Eintrags", ids.FIX_NUMBER, 12),
                    text_field("Grund der Berichtigung", ids.FIX_REASON, REASON_MAX),
                ],
                className="form-row form-row--top",
            ),
            original_place(),
            long_text_field("Richtiger Text", ids.FIX_TEXT, TEXT_MAX),
            html.Div(_button("Berichtigen", ids.FIX), className="actions panel__after"),
            html.Div(id=ids.FIX_NOTE, role="status", className="panel__after"),
        ],
    )


def _button(words: str, button_id: str) -> Component:
    return html.Button(words, id=button_id, className="btn btn-primary", type="button")


def place_options() -> list[tuple[str, str]]:
    """Return the places and gauges that an entry may be about."""
    spots = services().journal.reading.spots()
    return [(NOWHERE, "keiner"), *((spot.key, spot.name) for spot in spots)]


def write(said: Sequence[str | None]) -> tuple[Component, bool]:
    """Enter what the form holds; returns the words for it and whether it was done.

    `said` is kind, text, time, place, latitude, longitude and the photo as a data address.
    """
    kind, text, at, place, lat, lon, photo = ((item or "").strip() for item in said)
    journal = services().journal
    try:
        number = journal.desk.write(
            Draft(
                Kind(kind),
                text,
                _happened_at(at),
                "" if place == NOWHERE else place,
                _degrees(lat),
                _degrees(lon),
                photo_bytes(photo),
            )
        )
    except CockpitError as error:
        return notice(error.user_message, "warn"), False
    return notice(f"Eingetragen als Nr. {number}."), True


def _happened_at(typed: str) -> datetime | None:
    reading = services().journal.reading
    if not typed:
        return None
    return instant_near(typed, reading.clock.now(), reading.region.timezone, Occurrence.LAST)


def look_at_photo(contents: str | None, name: str | None) -> tuple[Component, str, str]:
    """Check a photo before it is entered; returns words, and the position that it offers."""
    if not contents:
        return notice(PhotoRefusedError.user_message, "warn"), "", ""
    try:
        photo = services().journal.desk.look_at(photo_bytes(contents))
    except CockpitError as error:
        return notice(error.user_message, "warn"), "", ""
    words = (
        f"{name or 'Foto'}: {photo.row.width} × {photo.row.height} Punkte, wird mit eingetragen."
    )
    if photo.lat is None or photo.lon is None:
        return notice(f"{words} Das Foto nennt keine Position."), "", ""
    lat, lon = formats.number(photo.lat, 5), formats.number(photo.lon, 5)
    said = f"{words} Die Position der Kamera ist übernommen; bitte prüfen."
    return notice(said), lat, lon


def fix(number: str | None, seen: int | None, said: Sequence[str | None]) -> tuple[Component, bool]:
    """Correct an entry as it was seen; returns the words for it and whether it was done."""
    text, reason = ((item or "") for item in said)
    wanted = number_of(number)
    if wanted is None:
        return notice(BAD_NUMBER, "warn"), False
    try:
        made = services().journal.desk.correct(wanted, text, reason, seen or 0)
    except CockpitError as error:
        return notice(error.user_message, "warn"), False
    return notice(f"Berichtigt durch Nr. {made}; Nr. {wanted} steht durchgestrichen da."), True


def photo_bytes(contents: str) -> bytes:
    """Return the bytes that a browser sent as a data address, none for an empty one.

    Raises
    ------
    PhotoRefusedError
        When they did not arrive whole.
    """
    if not contents:
        return b""
    try:
        return base64.b64decode(contents.partition(",")[2], validate=True)
    except (binascii.Error, ValueError) as error:
        raise PhotoRefusedError(user_message=NOT_ARRIVED) from error


def _degrees(text: str) -> float | None:
    if not text:
        return None
    try:
        return float(text.replace("−", "-").replace(",", "."))
    except ValueError as error:
        raise EntryRefusedError(user_message=BAD_POSITION) from error
