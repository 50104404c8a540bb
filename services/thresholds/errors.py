"""Refusals around thresholds."""

from services.errors import CockpitError


class ThresholdRefusedError(CockpitError):
    """A change of thresholds is not possible as asked; the sentence says why."""

    user_message = "Diese Schwellenwerte sind so nicht möglich."


class ThresholdWaitsError(ThresholdRefusedError):
    """The same levels are proposed already; `change_id` is the proposal that waits."""

    def __init__(self, change_id: str, *, user_message: str) -> None:
        """Keep which proposal waits."""
        super().__init__(user_message=user_message)
        self.change_id = change_id


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
