"""People by hand: a token is the name of a role, or `role/wall`, or `role/unsure`."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from services.errors import NotStoredError
from services.people.accounts import AccountView
from services.people.audit_view import ChainView, EntryView
from services.people.errors import AccountError, SignInError, SignInLockedError
from services.people.identity import current, require
from services.people.model import PUBLIC, Identity, Right, Role
from services.people.sign_in import Entry

SINCE = datetime(2026, 11, 1, tzinfo=UTC)


def identity_of(role: Role, **changes) -> Identity:
    return Identity(
        **{
            "person_id": f"id-{role}",
            "login": f"dienst.{role}",
            "name": f"Dienst {role}",
            "role": role,
            "session_key": f"key-{role}",
            **changes,
        }
    )


@dataclass
class FakeSignIn:
    closed: list[str] = field(default_factory=list)
    fault: Exception | None = None
    is_demo: bool = True
    forgets: bool = False
    entries: list[Entry] = field(default_factory=list)

    def enter(self, entry):
        self.entries.append(entry)
        if self.fault is not None:
            raise self.fault
        if entry.password == "gesperrt":  # noqa: S105  # a sample
            raise SignInLockedError
        if entry.login not in set(Role) or entry.password != "richtig":  # noqa: S105  # a sample
            raise SignInError
        return f"{entry.login}/wall" if entry.is_wall else entry.login

    def remember_browser(self, _token, _known):
        if self.forgets:
            raise NotStoredError
        return "bekannt"

    def enter_demo(self, role, _address=""):
        return role.value

    def find(self, token):
        role, _, how = token.partition("/")
        if role not in set(Role) or token in self.closed:
            return PUBLIC
        return identity_of(Role(role), is_wall=how == "wall", is_confirmed=how != "unsure")

    def of_key(self, key):
        return self.find(key.removeprefix("key-"))

    def leave(self, token):
        self.closed.append(token)


@dataclass
class FakeAccounts:
    first_passwords: set[str] = field(default_factory=set)

    done: list[tuple[str, ...]] = field(default_factory=list)
    external: bool = False

    def has_external(self):
        return self.external

    def everyone(self):
        require(Right.ADMINISTER)
        return tuple(view_of(role) for role in Role if role is not Role.PUBLIC)

    def add(self, login, name, role):
        self._do("add", login, name, role.value)
        return "erstes-passwort"

    def reset(self, login):
        self._do("reset", login)
        return "neues-passwort"

    def set_role(self, login, role):
        self._do("role", login, role.value)

    def set_active(self, login, *, is_active):
        self._do("open" if is_active else "close", login)

    def remove(self, login):
        self._do("remove", login)

    def _do(self, *what):
        require(Right.ADMINISTER)
        if what[1] == "gibt-es-nicht":
            raise AccountError(user_message="Dieses Konto gibt es nicht.")
        self.done.append(what)

    def own(self):
        who = current()
        return view_of(who.role) if who.is_signed_in else None

    def must_change(self, person_id):
        return person_id in self.first_passwords

    def change_password(self, old, _new):
        if old != "richtig":
            raise AccountError(user_message="Das bisherige Passwort stimmt nicht.")

    def set_up_second_factor(self, _secret, code):
        if code != "123456":
            raise AccountError(user_message="Der Code passt nicht.")
        return ["aaaaaa-bbbbbb", "cccccc-dddddd"]


@dataclass
class FakeAudit:
    broken_at: int | None = None

    def newest(self, person=""):
        require(Right.ADMINISTER)
        found = (
            EntryView(2, SINCE, "Dienst planner", "quality-flag", "iot-nitz/stage"),
            EntryView(1, SINCE, "Verb", "neue-art", "x"),
        )
        return tuple(row for row in found if person in row.actor)

    def verify(self):
        require(Right.ADMINISTER)
        return ChainView(1234, 2, "abc", self.broken_at)


def view_of(role: Role) -> AccountView:
    return AccountView(
        person_id=f"id-{role}",
        login=f"dienst.{role}",
        name=f"Dienst {role}",
        role=role,
        is_active=True,
        has_second_factor=False,
        must_change=False,
        is_external=False,
        created_at=SINCE,
    )
