"""The steps behind the buttons of /verwaltung/empfaenger; rights are checked by the service."""

import base64
import binascii
from collections.abc import Callable, Sequence

from dash.development.base_component import Component

from components.panel import notice
from pages.administration import _recipient_ids as ids
from pages.administration._recipient_forms import NEW
from pages.administration._recipient_view import is_new, preview_table
from services.container import services
from services.errors import CockpitError
from services.notifications.errors import RecipientTableError
from services.notifications.recipient_form import Entered, written_channels, written_day
from services.notifications.recipients import Recipients

NONE_CHOSEN = "Bitte einen Empfänger wählen."
NOT_REPEATED = "Der wiederholte Name ist ein anderer; gelöscht ist nichts."


def fields_of(recipient_id: str) -> list[str]:
    """Return what the form shows of a recipient; empty for a new one."""
    row = next(
        (
            view.row
            for view in services().recipients.everyone()
            if view.row.recipient_id == recipient_id
        ),
        None,
    )
    if row is None:
        return ["", "", "", "", "", "", "ja"]
    return [
        row.name,
        ", ".join(row.groups),
        written_channels(row),
        row.note,
        written_day(row.consent_on),
        written_day(row.confirmed_on),
        "ja" if row.is_active else "nein",
    ]


def save(chosen: str, said: Sequence[str | None]) -> tuple[Component, str]:
    """Store what the form says; returns what to say and whom it was stored as, "" if nobody."""
    name, groups, channels, note, consent_on, confirmed_on, active = (part or "" for part in said)
    entered = Entered(name, groups, channels, active or "ja", note, consent_on, confirmed_on)
    recipient_id = "" if chosen in {"", NEW[0]} else chosen

    try:
        saved = services().recipients.save(entered, recipient_id)
    except CockpitError as error:
        return notice(error.user_message, "warn"), ""
    return notice(f"{name.strip()} ist gespeichert."), saved


def act(button: str | None, chosen: str, again: str) -> tuple[Component, bool]:
    """Do with a recipient what a button asks; returns what to say and whether it was done."""
    if chosen in {"", NEW[0]}:
        return notice(NONE_CHOSEN, "warn"), False
    return _tried(lambda recipients: _done(recipients, button, chosen, again))


def _done(recipients: Recipients, button: str | None, chosen: str, again: str) -> Component:
    if button == ids.TEST:
        return notice(recipients.test(chosen))
    if button == ids.CONFIRM:
        recipients.confirm(chosen)
        return notice("Die Adressen gelten als heute bestätigt.")
    if button == ids.REMOVE:
        return _removed(recipients, chosen, again)
    is_active = button == ids.RESUME
    recipients.set_active(chosen, is_active=is_active)
    return notice("Wird wieder gerufen." if is_active else "Wird nicht gerufen, bis Sie es ändern.")


def _removed(recipients: Recipients, chosen: str, again: str) -> Component:
    if again.strip().casefold() != fields_of(chosen)[0].casefold():
        return notice(NOT_REPEATED, "warn")
    recipients.remove(chosen)
    return notice("Der Empfänger ist gelöscht.")


def preview(contents: str) -> tuple[Component, bool]:
    """Show what a list would do; returns whether anything of it is new."""
    try:
        lines = services().recipients.preview(body_of(contents))
    except CockpitError as error:
        return notice(error.user_message, "warn"), False
    return preview_table(lines), any(map(is_new, lines))


def take_over(contents: str) -> tuple[Component, bool]:
    """Store the good new lines of a list."""

    def step(recipients: Recipients) -> Component:
        count = recipients.take_over(body_of(contents))
        return notice(f"{count} Empfänger eingetragen.")

    return _tried(step)


def body_of(contents: str) -> bytes:
    """Return the file that a browser sent."""
    _kind, _comma, encoded = contents.partition(",")
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise RecipientTableError from error


def _tried(step: Callable[[Recipients], Component]) -> tuple[Component, bool]:
    try:
        return step(services().recipients), True
    except CockpitError as error:
        return notice(error.user_message, "warn"), False
