"""Refusals around the journal."""

from services.errors import CockpitError


class EntryRefusedError(CockpitError):
    """An entry cannot be made as asked; the sentence says why."""

    user_message = "So lässt sich der Eintrag nicht speichern."


class HandoverWaitsError(EntryRefusedError):
    """The same person has handed over the same shift already, and nobody has taken it over."""


class UnknownEntryError(CockpitError):
    """No entry of this number is stored."""

    user_message = "Diesen Eintrag gibt es im Tagebuch nicht."


class PhotoRefusedError(CockpitError):
    """A file is no photo that is taken; the sentence says why."""

    user_message = "Diese Datei ist kein lesbares Foto. Möglich sind JPEG und PNG."
