"""Accounts: who there is, with role, password and second factor; each change is in the log."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data import audit, known_browsers, people
from data.people import PersonRow
from services.clock import wall_now
from services.people import passwords, second_factor
from services.people.errors import AccountError
from services.people.identity import current, require
from services.people.model import Right, Role
from services.people.sign_in import account
from services.reading import Reading
from services.storing import storing
from services.typed_text import one_line

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,79}")
NAME_MAX = 80
EXTERNAL = "Dieses Konto meldet sich beim Anmeldedienst an; hier hat es kein Passwort."
FIRST_WORDS = 24
"""Characters of a first password: 18 random bytes."""


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as the administration shows it."""

    person_id: str
    login: str
    name: str
    role: Role
    is_active: bool
    has_second_factor: bool
    must_change: bool
    is_external: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Accounts:
    """Makes, changes and deletes accounts."""

    sessions: sessionmaker[Session]
    wall: Callable[[], datetime] = wall_now

    def everyone(self) -> tuple[AccountView, ...]:
        """Return all accounts; needs the right to administer."""
        require(Right.ADMINISTER)
        with Reading(self.sessions) as session:
            return tuple(_view(row) for row in people.everyone(session))

    def add(self, login: str, name: str, role: Role) -> str:
        """Make an account and return its first password, which is shown once and must be changed.

        Raises
        ------
        AccountError
            When the login is taken or unusable, or the name is missing.
        """
        who = require(Right.ADMINISTER)
        login, name = login.strip().casefold(), one_line(name, NAME_MAX)
        if not LOGIN.fullmatch(login) or not name or role is Role.PUBLIC:
            words = "Anmeldename (Kleinbuchstaben, Ziffern, . _ @ -), Name und Rolle sind nötig."
            raise AccountError(user_message=words)
        first, now = secrets.token_urlsafe(18)[:FIRST_WORDS], self.wall()
        row = account(login, name, role, now, passwords.rehashed(first))
        with storing(self.sessions) as session:
            people.hold(session)
            if people.by_login(session, login) is not None:
                raise AccountError(user_message="Diesen Anmeldenamen gibt es schon.")
            people.add(session, row)
            audit.note(session, now, who.actor, "account-add", login, role=role.value)
        return first

    def reset(self, login: str) -> str:
        """Give an account a new first password, without second factor, and end its sessions."""
        who = require(Right.ADMINISTER)
        first = secrets.token_urlsafe(18)[:FIRST_WORDS]
        with storing(self.sessions) as session:
            row = self._known(session, login)
            if row.subject is not None:
                raise AccountError(user_message=EXTERNAL)
            people.change(
                session, row.person_id, password_hash=passwords.rehashed(first), must_change=True,
                totp_secret="", totp_step=0, is_active=True, password_at=self.wall(),
            )  # fmt: skip
            people.replace_codes(session, row.person_id, [])
            people.close_sessions(session, row.person_id)
            known_browsers.forget(session, row.person_id)
            audit.note(session, self.wall(), who.actor, "account-reset", row.login)
        return first

    def set_role(self, login: str, role: Role) -> None:
        """Change the role of an account; its sessions end."""
        who = require(Right.ADMINISTER)
        with storing(self.sessions) as session:
            row = self._known(session, login)
            self._keep_an_admin(session, row, role)
            people.change(session, row.person_id, role=role.value)
            people.close_sessions(session, row.person_id)
            audit.note(session, self.wall(), who.actor, "account-role", row.login, role=role.value)

    def set_active(self, login: str, *, is_active: bool) -> None:
        """Close or open an account; its sessions end."""
        who = require(Right.ADMINISTER)
        with storing(self.sessions) as session:
            row = self._known(session, login)
            if not is_active:
                self._keep_an_admin(session, row, None)
            people.change(session, row.person_id, is_active=is_active)
            people.close_sessions(session, row.person_id)
            known_browsers.forget(session, row.person_id)
            action = "account-open" if is_active else "account-close"
            audit.note(session, self.wall(), who.actor, action, row.login)

    def remove(self, login: str) -> None:
        """Delete an account with all that is kept of it but the audit log's entries."""
        who = require(Right.ADMINISTER)
        with storing(self.sessions) as session:
            row = self._known(session, login)
            self._keep_an_admin(session, row, None)
            people.remove(session, row.person_id)
            audit.note(session, self.wall(), who.actor, "account-remove", row.login)

    def has_external(self) -> bool:
        """Tell whether there are people who sign in at an identity provider."""
        with Reading(self.sessions) as session:
            return people.has_external(session)

    def own(self) -> AccountView | None:
        """Return the account of who acts, None for who has none."""
        with Reading(self.sessions) as session:
            row = people.by_id(session, current().person_id)
        return None if row is None else _view(row)

    def must_change(self, person_id: str) -> bool:
        """Tell whether an account still has the first password that somebody else has seen."""
        with Reading(self.sessions) as session:
            row = people.by_id(session, person_id)
        return row is not None and row.must_change

    def change_password(self, old: str, new: str) -> None:
        """Change one's own password; other sessions end, and no browser is known any more.

        Raises
        ------
        AccountError
            When the old one is wrong or the new one too weak.
        """
        row = self._own_row()
        if not passwords.matches(old, row.password_hash):
            raise AccountError(user_message="Das bisherige Passwort stimmt nicht.")
        if old == new:
            raise AccountError(user_message="Das neue Passwort ist das bisherige.")
        made, key = passwords.hashed(new, row.login, row.name), current().session_key
        with storing(self.sessions) as session:
            people.change(
                session, row.person_id, password_hash=made, must_change=False,
                password_at=self.wall(),
            )  # fmt: skip
            kept = people.find_session(session, key)
            people.close_sessions(session, row.person_id)
            known_browsers.forget(session, row.person_id)
            if kept is not None:
                people.open_session(session, kept[0])
            audit.note(session, self.wall(), row.name, "password-change", row.login)

    def set_up_second_factor(self, secret: str, code: str) -> list[str]:
        """Store a second factor whose first code was right; returns the recovery codes.

        Raises
        ------
        AccountError
            When the code does not belong to the secret.
        """
        row, now = self._own_row(), self.wall()
        step = second_factor.matching_step(secret, code, now.timestamp(), 0)
        if step is None:
            words = "Der Code passt nicht. Stimmt die Uhr des Telefons?"
            raise AccountError(user_message=words)
        codes = second_factor.recovery_codes()
        with storing(self.sessions) as session:
            people.change(session, row.person_id, totp_secret=secret, totp_step=step)
            people.replace_codes(session, row.person_id, map(second_factor.digest, codes))
            people.change_session(session, current().session_key, is_confirmed=True)
            audit.note(session, now, row.name, "second-factor", row.login)
        return codes

    def _own_row(self) -> PersonRow:
        with Reading(self.sessions) as session:
            row = people.by_id(session, current().person_id)
        if row is None:
            raise AccountError(user_message="Dafür ist ein eigenes Konto nötig.")
        return row

    def _known(self, session: Session, login: str) -> PersonRow:
        people.hold(session)
        row = people.by_login(session, login.strip().casefold())
        if row is None:
            raise AccountError(user_message="Dieses Konto gibt es nicht.")
        return row

    @staticmethod
    def _keep_an_admin(session: Session, row: PersonRow, role: Role | None) -> None:
        is_last = row.role == Role.ADMIN and people.count(session, Role.ADMIN.value) == 1
        if row.is_active and is_last and role is not Role.ADMIN:
            words = "Das ist das letzte Konto der Verwaltung; erst ein anderes dazu machen."
            raise AccountError(user_message=words)


def _view(row: PersonRow) -> AccountView:
    return AccountView(
        person_id=row.person_id,
        login=row.login,
        name=row.name,
        role=Role(row.role),
        is_active=row.is_active,
        has_second_factor=bool(row.totp_secret),
        must_change=row.must_change,
        is_external=row.subject is not None,
        created_at=row.created_at,
    )
