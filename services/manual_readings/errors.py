"""Refusals around readings that people enter."""

from services.errors import CockpitError


class ReadingRefusedError(CockpitError):
    """A reading cannot be stored or withdrawn as asked; the sentence says why."""

    user_message = "So lässt sich die Ablesung nicht speichern."
