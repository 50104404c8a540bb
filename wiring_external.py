"""Signing in through an identity provider, as the settings describe it."""

from components import urls
from config import Settings
from services.people.model import Role
from services.people.oidc.model import RANK, OidcSettings
from services.people.oidc.provider import Provider
from services.people.oidc.sign_in import ExternalSignIn
from services.people.sign_in import SignIn
from wiring import Wired


def make_external(wired: Wired, sign_in: SignIn) -> ExternalSignIn | None:
    """Return the sign-in through a provider, None where none is configured.

    Raises
    ------
    ValueError
        When the settings are incomplete or name a role that does not exist.
    """
    settings = wired.settings
    if not settings.oidc_issuer:
        return None
    if not settings.oidc_client_id or not settings.oidc_roles:
        raise ValueError("COCKPIT_OIDC_CLIENT_ID und COCKPIT_OIDC_ROLES fehlen")
    provider = Provider(
        OidcSettings(
            issuer=settings.oidc_issuer,
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret.get_secret_value(),
            redirect_uri=f"{settings.base_url}{urls.EXTERNAL_BACK}",
            roles=mapping(settings),
            role_claim=settings.oidc_role_claim,
            name=settings.oidc_name,
            trusts_factor=settings.oidc_trusts_second_factor,
        )
    )
    return ExternalSignIn(wired.sessions, provider, sign_in)


def mapping(settings: Settings) -> dict[str, Role]:
    """Return which role of the provider stands for which of ours.

    Raises
    ------
    ValueError
        When an entry is no pair or names a role that does not exist.
    """
    found = {}
    possible = ", ".join(RANK)
    for item in settings.oidc_roles.split(","):
        name, equals, role = item.strip().partition("=")
        if not equals or not name or role not in RANK:
            words = f"„{item.strip()}“ ist kein Paar wie krisenstab=crisis; möglich: {possible}"
            raise ValueError(f"COCKPIT_OIDC_ROLES: {words}")
        found[name] = Role(role)
    return found
