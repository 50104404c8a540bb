"""Refusals around the words of the duty officer."""

from services.errors import CockpitError


class NoteRefusedError(CockpitError):
    """A note cannot be written as asked; the sentence says why."""

    user_message = "So lässt sich der Lagetext nicht speichern."
