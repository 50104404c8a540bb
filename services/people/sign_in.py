"""Signing in and out: password and second factor against locks, sessions by random tokens."""

import hashlib
import secrets
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session, sessionmaker

from data import audit, people
from data import known_browsers as stored_browsers
from data.people import PersonRow, SessionRow
from services.clock import wall_now
from services.errors import NotStoredError
from services.people import known_browsers, locks, passwords, second_factor
from services.people.errors import SignInError, SignInLockedError
from services.people.model import PUBLIC, ROLE_WORDS, SECOND_FACTOR, Identity, Role
from services.reading import Reading
from services.storing import storing
from services.typed_text import one_line

SHIFT = timedelta(hours=14)
"""Longest session of a person: a shift with its handover (estimate)."""
IDLE = timedelta(hours=4)
"""A session that asks nothing for so long is over; an open page polls and keeps it (estimate)."""
WALL = timedelta(days=30)
"""A wall display only looks and is never thrown to a sign-in at night (estimate)."""
TOUCH_EVERY = timedelta(minutes=1)
LOGIN_MAX = 80
BROWSER_MAX = 120
_at_once = BoundedSemaphore(2)
"""Passwords that are judged at a time: each takes a core for some 50 ms on purpose."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody typed, and from where."""

    login: str
    password: str
    code: str = ""
    address: str = ""
    browser: str = ""
    is_wall: bool = False
    known: str = ""
    """The token of a browser that is known from an earlier sign-in."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """Opens, finds and closes sessions."""

    sessions: sessionmaker[Session]
    zone: ZoneInfo
    is_demo: bool = False
    wall: Callable[[], datetime] = wall_now

    def enter(self, entry: Entry) -> str:
        """Return the token of a new session.

        Raises
        ------
        SignInLockedError
            After too many wrong attempts.
        SignInError
            When name, password or code is wrong.
        """
        login, now = one_line(entry.login.casefold(), LOGIN_MAX), self.wall()
        attempt, person = self._counted(login, entry, now)
        with _at_once:
            is_right = passwords.matches(entry.password, person.password_hash if person else "")
        step = self._step(person, entry.code, now) if is_right and person else None
        with storing(self.sessions) as session:
            if person is None or not is_right or not self._second(session, person, entry, step):
                audit.note(session, now, login or "?", "sign-in-refused", login)
                if locks.until(session, attempt, now) is not None:
                    audit.note(session, now, login or "?", "sign-in-locked", login)
                is_right = False
            else:
                locks.forget(session, attempt)
                return self.open(session, person, entry, now)
        raise SignInError

    def enter_demo(self, role: Role, address: str = "") -> str:
        """Return the token of a session of the demonstration, where nothing is real.

        Raises
        ------
        SignInError
            In real operation.
        """
        if not self.is_demo or role is Role.PUBLIC:
            raise SignInError
        login, now = f"vorfuehrung-{role.value}", self.wall()
        with storing(self.sessions) as session:
            person = people.by_login(session, login)
            if person is None:
                person = account(login, f"{ROLE_WORDS[role]} (Vorführung)", role, now)
                people.add(session, person)
            return self.open(session, person, Entry(login, "", address=address), now, sure=True)

    def find(self, token: str) -> Identity:
        """Return who a token stands for; PUBLIC where it is unknown or over."""
        return self.of_key(digest(token)) if token else PUBLIC

    def of_key(self, key: str) -> Identity:
        """Return who a session stands for, by what is stored of its token."""
        now = self.wall()
        with Reading(self.sessions) as session:
            found = people.find_session(session, key)
        if found is None:
            return PUBLIC
        row, person = found
        is_idle = not row.is_wall and now - row.seen_at > IDLE
        if row.expires_at <= now or is_idle or not person.is_active:
            return PUBLIC
        if now - row.seen_at > TOUCH_EVERY:
            self._touch(key, now)
        return Identity(
            person_id=person.person_id,
            login=person.login,
            name=person.name,
            role=Role(person.role),
            is_wall=row.is_wall,
            is_confirmed=row.is_confirmed,
            session_key=key,
        )

    def _touch(self, key: str, now: datetime) -> None:
        """Note that somebody is there; on a full disk who has signed in must go on looking."""
        with suppress(NotStoredError), storing(self.sessions) as session:
            people.change_session(session, key, seen_at=now)

    def leave(self, token: str) -> None:
        """Close a session."""
        key = digest(token)
        with storing(self.sessions) as session:
            found = people.find_session(session, key)
            people.close_session(session, key)
            if found is not None:
                person = found[1]
                audit.note(session, self.wall(), person.name, "sign-out", person.login)

    def remember_browser(self, token: str, known: str) -> str:
        """Return the token by which the browser of a new session is known from now on."""
        now = self.wall()
        with storing(self.sessions) as session:
            found = people.find_session(session, digest(token))
            if found is None:
                return known
            return known_browsers.remember(session, known, found[1].person_id, now)

    def _counted(
        self, login: str, entry: Entry, now: datetime
    ) -> tuple[locks.Attempt, PersonRow | None]:
        """Count the attempt before it is judged; the account with it, None if there is none."""
        with storing(self.sessions) as session:
            browser = known_browsers.mark_of(session, entry.known, login, now)
            attempt = locks.Attempt(login, entry.address, browser)
            until = locks.counted(session, attempt, now)
            if until is None:
                found = people.by_login(session, login)
                return attempt, found if found is not None and found.is_active else None
        clock = until.astimezone(self.zone)
        raise SignInLockedError(
            user_message=f"Zu viele falsche Versuche. Bitte ab {clock:%H:%M} Uhr noch einmal."
        )

    @staticmethod
    def _step(person: PersonRow, code: str, now: datetime) -> int | None:
        if not person.totp_secret:
            return None
        at_s, used = now.timestamp(), person.totp_step
        return second_factor.matching_step(person.totp_secret, code, at_s, used)

    @staticmethod
    def _second(session: Session, person: PersonRow, entry: Entry, step: int | None) -> bool:
        """Tell whether the second factor is right, and use it up."""
        if not person.totp_secret:
            return True
        if step is not None:
            return people.use_step(session, person.person_id, step)
        code = second_factor.digest(entry.code)
        return bool(entry.code) and people.use_code(session, person.person_id, code)

    def open(
        self,
        session: Session,
        person: PersonRow,
        entry: Entry,
        now: datetime,
        *,
        sure: bool = False,
    ) -> str:
        """Open a session in the caller's transaction and return its token.

        `sure`: the second factor was confirmed elsewhere, or nothing is real.
        """
        token = secrets.token_urlsafe(32)
        needs = Role(person.role) in SECOND_FACTOR
        row = SessionRow(
            digest(token), person.person_id, now, now, now + (WALL if entry.is_wall else SHIFT),
            entry.is_wall, sure or not needs or bool(person.totp_secret),
            entry.browser[:BROWSER_MAX],
        )  # fmt: skip
        people.forget_expired(session, now)
        stored_browsers.forget_expired(session, now)
        people.open_session(session, row)
        if person.password_hash and passwords.is_outdated(person.password_hash):
            made = passwords.rehashed(entry.password)
            people.change(session, person.person_id, password_hash=made)
        kind = "sign-in-wall" if entry.is_wall else "sign-in"
        audit.note(session, now, person.name, kind, person.login)
        return token


def account(login: str, name: str, role: Role, at: datetime, password_hash: str = "") -> PersonRow:
    """Return a new account; with a password it is a first one, which must be changed."""
    return PersonRow(
        person_id=str(uuid.uuid4()),
        login=login,
        name=name,
        role=role.value,
        password_hash=password_hash,
        must_change=bool(password_hash),
        totp_secret="",
        totp_step=0,
        subject=None,
        is_active=True,
        created_at=at,
        password_at=at if password_hash else None,
    )


def digest(token: str) -> str:
    """Return what is stored of a token: a stolen database opens no session."""
    return hashlib.sha256(token.encode()).hexdigest()
