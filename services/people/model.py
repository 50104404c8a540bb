"""Who acts: roles, rights, and the identity of a request."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """What an account is for; everybody without one is PUBLIC."""

    PUBLIC = "public"
    COUNCIL = "council"
    PLANNER = "planner"
    CRISIS = "crisis"
    ADMIN = "admin"


class Right(StrEnum):
    """What one may be allowed to do. Reading what is public needs none of the others."""

    READ = "read"
    DELIBERATE = "deliberate"
    CURATE = "curate"
    WATCH = "watch"
    OPERATE = "operate"
    PROPOSE = "propose"
    APPROVE = "approve"
    ADMINISTER = "administer"


ROLE_WORDS: Mapping[Role, str] = {
    Role.PUBLIC: "Öffentlichkeit",
    Role.COUNCIL: "Kreistag",
    Role.PLANNER: "Planung",
    Role.CRISIS: "Krisenstab",
    Role.ADMIN: "Verwaltung des Cockpits",
}
RIGHT_WORDS: Mapping[Right, str] = {
    Right.READ: "Öffentliches lesen",
    Right.DELIBERATE: "Sitzungsunterlagen",
    Right.CURATE: "Daten pflegen: Geräte, Kennzeichen, Tabellen, Laufzeiten, Wirkungen",
    Right.WATCH: "Lagebild, Alarme und Einsatztagebuch lesen",
    Right.OPERATE: "Alarme quittieren, Maßnahmen, Tagebuch, Entwarnung",
    Right.PROPOSE: "Schwellenwerte vorschlagen",
    Right.APPROVE: "Schwellenwerte freigeben",
    Right.ADMINISTER: "Konten, Empfänger und Einstellungen",
}
_COUNCIL = frozenset({Right.READ, Right.DELIBERATE})
_PLANNER = _COUNCIL | {Right.CURATE, Right.PROPOSE}
_CRISIS = _PLANNER | {Right.WATCH, Right.OPERATE, Right.APPROVE}
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.PUBLIC: frozenset({Right.READ}),
    Role.COUNCIL: _COUNCIL,
    Role.PLANNER: _PLANNER,
    Role.CRISIS: _CRISIS,
    Role.ADMIN: _CRISIS | {Right.ADMINISTER},
}
SECOND_FACTOR = frozenset({Role.CRISIS, Role.ADMIN})
"""Roles that act in an emergency or over others: a password alone is not enough."""
WALL_RIGHTS = frozenset({Right.READ, Right.WATCH})
"""A wall display stands open in a room: it shows and decides nothing."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks. A wall display only looks; a role without the second factor it needs is PUBLIC.

    `session_key` is what is stored of the session's token, "" outside of a browser. `is_unchecked`
    is true where there is a token and the store that knows it does not answer.
    """

    person_id: str
    login: str
    name: str
    role: Role
    is_wall: bool = False
    is_confirmed: bool = True
    session_key: str = ""
    is_unchecked: bool = False

    @property
    def rights(self) -> frozenset[Right]:
        """Return what this identity may do now."""
        if self.role in SECOND_FACTOR and not self.is_confirmed:
            return RIGHTS[Role.PUBLIC]
        own = RIGHTS[self.role]
        return own & WALL_RIGHTS if self.is_wall else own

    @property
    def is_signed_in(self) -> bool:
        """Tell whether somebody has signed in."""
        return bool(self.person_id)

    @property
    def actor(self) -> str:
        """Return the name for logs and the journal, at most 80 characters."""
        return self.name[:80]

    def is_same_person(self, person_id: str, actor: str) -> bool:
        """Tell whether somebody may be the same: one account, or another one of the same name.

        A person with a local account and one of an identity provider has two eyes all the same.
        """
        return person_id == self.person_id or actor.casefold() == self.actor.casefold()


PUBLIC = Identity("", "", "Öffentlichkeit", Role.PUBLIC)
UNCHECKED = replace(PUBLIC, is_unchecked=True)
"""May what the public may, and is told why it is no more."""


def system(name: str) -> Identity:
    """Return the identity of a process or verb: it may do everything and is named as what it is."""
    return Identity(f"system:{name}", name, name, Role.ADMIN)
