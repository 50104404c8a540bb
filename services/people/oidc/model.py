"""Signing in through an identity provider (OpenID Connect): what is configured, what comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.people.model import Role

RANK = (Role.COUNCIL, Role.PLANNER, Role.CRISIS, Role.ADMIN)
"""Of several roles that a person has at the provider the last of these counts."""
FACTOR_METHODS = frozenset({"mfa", "otp", "hwk", "swk", "sc", "fpt", "face", "iris", "pop"})
"""Values of `amr` (RFC 8176) that tell of more than a password."""


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """A provider and which of its roles stand for which of ours; a role not named stands for none.

    `trusts_factor`: the provider always asks for a second factor, also where it does not say so.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    roles: Mapping[str, Role]
    role_claim: str = "roles"
    name: str = "Anmeldedienst"
    trusts_factor: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """What a sign-in begins with; it stays in the browser until the provider sends it back."""

    state: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    target: str = ""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified ID token says of a person."""

    subject: str
    login: str
    name: str
    role: Role | None
    has_factor: bool


def role_of(claims: Mapping[str, Any], path: str, roles: Mapping[str, Role]) -> Role | None:
    """Return the highest role that the provider's roles stand for, None for none.

    `path` leads to the claim through objects, as in `realm_access.roles`.
    """
    found: Any = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    listed = [found] if isinstance(found, str) else found
    if not isinstance(listed, Sequence):
        return None
    known = [roles[item] for item in listed if isinstance(item, str) and item in roles]
    return max(known, key=RANK.index, default=None)


def has_factor(claims: Mapping[str, Any]) -> bool:
    """Tell whether a token says that more than a password was asked for."""
    methods = claims.get("amr")
    if not isinstance(methods, list):
        return False
    return any(isinstance(item, str) and item in FACTOR_METHODS for item in methods)
