"""Refusals around the alarm plan."""

from services.errors import CockpitError


class UnknownMeasureError(CockpitError):
    """No open stage or measure of this id is stored."""

    user_message = "Diese Maßnahme gibt es nicht, oder ihre Stufe ist schon abgeschlossen."


class MeasureTakenError(CockpitError):
    """Somebody has changed the measure meanwhile; the sentence says who and to what."""

    user_message = "Die Maßnahme hat sich gerade geändert. Bitte noch einmal ansehen."


class MeasureRefusedError(CockpitError):
    """A stage or measure cannot be handled as asked; the sentence says why."""

    user_message = "So lässt sich die Maßnahme nicht bearbeiten."
