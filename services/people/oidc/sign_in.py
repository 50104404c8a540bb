"""Signing in through an identity provider: an account of its own, found by the provider's subject.

A local account is never taken over by a name or an address that a provider tells.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data import audit, people
from data.people import PersonRow
from services.clock import wall_now
from services.errors import CockpitError
from services.people.accounts import LOGIN
from services.people.model import SECOND_FACTOR, Role
from services.people.oidc.errors import ExternalSignInError, NoFactorError, NoRoleError
from services.people.oidc.model import Claims, Flow
from services.people.oidc.provider import Provider
from services.people.sign_in import Entry, SignIn, account
from services.storing import storing

MARK = 8
"""Hex digits of the subject's digest that keep a login apart from a local one."""


@dataclass(frozen=True, slots=True)
class ExternalSignIn:
    """Opens sessions for people whom the provider knows."""

    sessions: sessionmaker[Session]
    provider: Provider
    sign_in: SignIn
    wall: Callable[[], datetime] = wall_now

    @property
    def name(self) -> str:
        """Return what the provider is called here."""
        return self.provider.settings.name

    def begin(self, target: str) -> tuple[str, Flow]:
        """Return where to send the browser, and what it must bring back."""
        return self.provider.begin(target)

    def finish(self, state: str, code: str, flow: Flow, browser: str = "") -> str:
        """Return the token of a new session.

        Raises
        ------
        ExternalSignInError
            When the answer does not belong to this browser, or is not to be believed.
        NoRoleError
            When no role of the person stands for one here, or the account is closed.
        NoFactorError
            When the role needs a second factor that the provider does not confirm.
        ProviderDownError
            When the provider does not answer.
        """
        if not flow.state:  # nobody began here: strangers must not fill the log
            raise ExternalSignInError("no sign-in was begun")
        try:
            if not hmac.compare_digest(state.encode(), flow.state.encode()):
                raise ExternalSignInError("state")
            claims = self.provider.finish(code, flow)
            role = self._role(claims)
        except CockpitError as error:
            self._refused(error)
            raise
        now = self.wall()
        with storing(self.sessions) as session:
            person = self._known(session, claims, role, now)
            if person.is_active:
                entry = Entry(person.login, "", browser=browser)
                return self.sign_in.open(session, person, entry, now, sure=True)
            audit.note(session, now, person.name, "sign-in-refused", person.login, why="closed")
        raise NoRoleError

    @staticmethod
    def _role(claims: Claims) -> Role:
        if claims.role is None:
            raise NoRoleError
        if claims.role in SECOND_FACTOR and not claims.has_factor:
            raise NoFactorError
        return claims.role

    def _known(self, session: Session, claims: Claims, role: Role, now: datetime) -> PersonRow:
        """Return the account of a subject as the provider describes it now; a new one is made."""
        people.hold(session)
        found = people.by_subject(session, claims.subject)
        if found is None:
            made = account(_login(session, claims), claims.name, role, now)
            people.add(session, made)
            people.change(session, made.person_id, subject=claims.subject)
            audit.note(session, now, made.name, "account-external", made.login, role=role.value)
        elif (found.role, found.name) != (role.value, claims.name):
            people.change(session, found.person_id, role=role.value, name=claims.name)
            people.close_sessions(session, found.person_id)
            details = {"before": found.role, "role": role.value}
            audit.note(session, now, claims.name, "account-role", found.login, **details)
        stored = people.by_subject(session, claims.subject)
        if stored is None:
            raise RuntimeError("an account was stored and is not there")
        return stored

    def _refused(self, error: CockpitError) -> None:
        with storing(self.sessions) as session:
            audit.note(
                session, self.wall(), "?", "sign-in-refused", "extern",
                why=type(error).__name__, detail=str(error)[:200],
            )  # fmt: skip


def _login(session: Session, claims: Claims) -> str:
    """Return a login that no other account has."""
    mark = hashlib.sha256(claims.subject.encode()).hexdigest()[:MARK]
    wanted = claims.login.strip().casefold()
    if LOGIN.fullmatch(wanted) and people.by_login(session, wanted) is None:
        return wanted
    short = wanted[: 79 - MARK] if LOGIN.fullmatch(wanted) else "extern"
    return f"{short}-{mark}"
