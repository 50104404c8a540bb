"""Refusals around impacts that people enter."""

from services.errors import CockpitError


class ImpactRefusedError(CockpitError):
    """An impact cannot be stored or taken off the list as asked; the sentence says why."""

    user_message = "So lässt sich die Wirkung nicht eintragen."


class ImpactConflictError(CockpitError):
    """Somebody else has changed the impact since it was looked at."""

    user_message = (
        "Dieser Eintrag wurde inzwischen geändert. Bitte neu wählen, die neuen Angaben ansehen und"
        " dann ändern."
    )
