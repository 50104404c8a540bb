"""Refusals around people and rights."""

from services.errors import CockpitError, StoreUnavailableError


class NotSignedInError(CockpitError):
    """The action needs an account and nobody has signed in."""

    user_message = "Dafür ist eine Anmeldung nötig: oben rechts „Anmelden“."


class UncheckedError(StoreUnavailableError):
    """Somebody may have signed in, and the store that knows it does not answer."""

    user_message = (
        "Die Anmeldung lässt sich gerade nicht prüfen: Die Datenbank antwortet nicht. Nichts wurde"
        " gespeichert; bitte gleich noch einmal, und bis dahin auf Papier festhalten."
    )


class NotAllowedError(CockpitError):
    """The account does not have the right."""

    user_message = "Ihr Konto darf das nicht."


class SignInError(CockpitError):
    """Name, password or code is wrong; which of them is not said."""

    user_message = "Anmeldename, Passwort oder Code stimmt nicht."


class SignInLockedError(CockpitError):
    """Too many wrong attempts; the sentence says until when."""

    user_message = "Zu viele falsche Versuche. Bitte später noch einmal."


class AccountError(CockpitError):
    """An account cannot be made or changed as asked; the sentence says why."""

    user_message = "Das Konto lässt sich so nicht ändern."
