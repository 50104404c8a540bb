"""The maintenance log of devices: append-only, by name, each entry in the audit table."""

from dataclasses import dataclass

from sqlalchemy.orm import Session, sessionmaker

from data import audit, commissioned, device_log
from data.device_log import NoteRow
from services.clock import Clock, wall_now
from services.devices.errors import DeviceRefusedError, UnknownDeviceError
from services.devices.model import NoteKind
from services.people.identity import require
from services.people.model import Right
from services.region import Region
from services.storing import storing
from services.typed_text import paragraphs

TEXT_MAX = 1000
WORDLESS = frozenset({NoteKind.INSTALLED, NoteKind.BATTERY, NoteKind.CLEANING, NoteKind.REMOVED})
"""Kinds that say enough without words."""


@dataclass(frozen=True, slots=True)
class MaintenanceLog:
    """Writes entries about the devices of one region."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock

    def note(self, dev_eui: str, kind: str, text: str) -> None:
        """Append an entry of who acts, at the instant that all ages refer to.

        Raises
        ------
        UnknownDeviceError
            When no sensor row names the device.
        DeviceRefusedError
            Without the words that the kind needs, or for an unknown kind.
        NotSignedInError, NotAllowedError
            Without the right to curate.
        """
        named = require(Right.CURATE).actor
        words = paragraphs(text, TEXT_MAX)
        chosen = _kind(kind)
        if not words and chosen not in WORDLESS:
            raise DeviceRefusedError(user_message="Bitte in Worten sagen, was war.")
        with storing(self.sessions) as session:
            known = {row.dev_eui for row in self.region.sensors}
            known |= {row.dev_eui for row in commissioned.rows(session, self.region.region_id)}
            if dev_eui not in known:
                raise UnknownDeviceError(dev_eui)
            device_log.add(session, NoteRow(dev_eui, self.clock.now(), named, chosen.value, words))
            audit.note(
                session, wall_now(), named, "device-note", dev_eui, kind=chosen.value, text=words
            )


def _kind(name: str) -> NoteKind:
    try:
        return NoteKind(name)
    except ValueError:
        known = ", ".join(NoteKind)
        raise DeviceRefusedError(
            user_message=f"Diese Art von Eintrag gibt es nicht, möglich sind {known}."
        ) from None
