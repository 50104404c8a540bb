"""Refusals around drafts of public warnings."""

from services.errors import CockpitError


class DraftRefusedError(CockpitError):
    """A draft of a warning is not possible as asked; the sentence says why."""

    user_message = "Dieser Warnentwurf ist so nicht möglich."


class DraftTakenError(CockpitError):
    """Somebody has continued or ended the chain meanwhile."""

    user_message = (
        "Zu diesem Entwurf gibt es inzwischen eine neuere Fassung. Bitte die Liste neu ansehen."
    )


class UnknownDraftError(CockpitError):
    """No draft of this identifier is stored."""

    user_message = "Diesen Warnentwurf gibt es nicht. Die Liste steht unter Lage, Warnung."
