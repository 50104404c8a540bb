"""People by hand: a token is the name of a role, or `role/wall`, or `role/unsure`."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from services.people.accounts import AccountView
from services.people.errors import AccountError, SignInError, SignInLockedError
from services.people.identity import current
from services.people.model import PUBLIC, Identity, Role

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

    def enter(self, entry):
        if self.fault is not None:
            raise self.fault
        if entry.password == "gesperrt":  # noqa: S105  # a sample
            raise SignInLockedError
        if entry.login not in set(Role) or entry.password != "richtig":  # noqa: S105  # a sample
            raise SignInError
        return f"{entry.login}/wall" if entry.is_wall else entry.login

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

    def everyone(self):
        return tuple(view_of(role) for role in Role if role is not Role.PUBLIC)

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
