"""Refusals around drills."""

from services.errors import CockpitError


class DrillRefusedError(CockpitError):
    """A drill cannot be started or steered as asked; the sentence says why."""

    user_message = "So lässt sich die Übung nicht steuern."


class NotInDrillError(CockpitError):
    """The controls of a drill were asked for in real operation."""

    user_message = "Das geht nur in einer laufenden Übung, nicht im Echtbetrieb."
