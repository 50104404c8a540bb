"""Refusals around notification."""

from services.errors import CockpitError


class ChannelsFileError(CockpitError):
    """`COCKPIT_CHANNELS_FILE` cannot be used; the sentence says where, never with a secret."""

    user_message = "Die Datei der Meldewege (COCKPIT_CHANNELS_FILE) ist nicht lesbar."


class RecipientRefusedError(CockpitError):
    """A recipient cannot be kept as entered; the sentence says what is wrong."""

    user_message = "So lässt sich der Empfänger nicht eintragen."


class UnknownRecipientError(CockpitError):
    """No recipient of this id is stored."""

    user_message = "Diesen Empfänger gibt es nicht (mehr)."


class RecipientTableError(CockpitError):
    """A table of recipients cannot be read as a whole; the sentence says why."""

    user_message = "Die Datei ist keine Empfängerliste (CSV in UTF-8 mit Kopfzeile)."
