"""Refusals around alarms."""

from services.errors import CockpitError


class UnknownAlarmError(CockpitError):
    """No open alarm of this id is stored."""

    user_message = "Diesen Alarm gibt es nicht, oder er ist schon abgeschlossen."


class AlarmTakenError(CockpitError):
    """Somebody or something has changed the alarm meanwhile; the sentence says who."""

    user_message = "Der Alarm hat sich gerade geändert. Bitte noch einmal ansehen."


class AlarmRefusedError(CockpitError):
    """An alarm cannot be handled as asked; the sentence says why."""

    user_message = "So lässt sich der Alarm nicht bearbeiten."


class RotaRefusedError(CockpitError):
    """A duty cannot be entered as asked; the sentence says why."""

    user_message = "Der Dienst braucht eine Rolle, eine Empfängergruppe, Beginn und Ende."
