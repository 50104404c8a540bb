"""Refusals around thresholds."""

from services.errors import CockpitError


class ThresholdRefusedError(CockpitError):
    """A change of thresholds is not possible as asked; the sentence says why."""

    user_message = "Diese Schwellenwerte sind so nicht möglich."


class FourEyesError(CockpitError):
    """Somebody wants to decide on a change that they have proposed themselves."""

    user_message = (
        "Diese Änderung haben Sie selbst vorgeschlagen, oder jemand mit Ihrem Namen. Entscheiden"
        " muss eine zweite Person."
    )


class ThresholdConflictError(CockpitError):
    """The thresholds were changed by somebody else meanwhile, or the change is decided already."""

    user_message = (
        "Diese Schwellenwerte wurden inzwischen geändert. Bitte die Seite neu ansehen und, wenn"
        " nötig, neu vorschlagen."
    )


class UnknownChangeError(CockpitError):
    """No change of this id is stored."""

    user_message = "Diese Änderung gibt es nicht. Die Liste steht unter Verwaltung, Schwellenwerte."
