"""Refusals of a sign-in through an identity provider."""

from services.errors import CockpitError


class ExternalSignInError(CockpitError):
    """What came back from the identity provider is not to be believed, or was used already."""

    user_message = (
        "Die Anmeldung beim Anmeldedienst hat nicht geklappt. Bitte noch einmal beginnen."
    )


class ProviderDownError(CockpitError):
    """The identity provider does not answer, or not as OpenID Connect demands."""

    user_message = (
        "Der Anmeldedienst antwortet nicht. Bitte später noch einmal, oder mit einem Konto dieses"
        " Cockpits anmelden."
    )


class NoRoleError(CockpitError):
    """None of the person's roles stands for one here, or the account is closed."""

    user_message = (
        "Ihr Konto beim Anmeldedienst hat keine Rolle in diesem Cockpit. Bitte an die Verwaltung"
        " des Cockpits wenden."
    )


class NoFactorError(CockpitError):
    """The role needs a second factor and the provider does not say that it asked for one."""

    user_message = (
        "Für diese Rolle ist ein zweiter Faktor nötig; der Anmeldedienst hat keinen bestätigt."
        " Bitte dort einrichten."
    )
