"""Refusals around the all-clear."""

from services.errors import CockpitError


class AllClearRefusedError(CockpitError):
    """An all-clear cannot be given as asked; the sentence says why."""

    user_message = "So lässt sich die Entwarnung nicht geben."
