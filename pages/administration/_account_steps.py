"""The steps behind the buttons of /verwaltung; rights are checked by the service, not here."""

from collections.abc import Callable

from dash.development.base_component import Component

from components.panel import notice
from pages.administration import _ids as ids
from pages.administration._account_forms import NONE, first_password
from services.container import services
from services.errors import CockpitError
from services.people.accounts import Accounts
from services.people.model import ROLE_WORDS, Role

NOT_REPEATED = "Der wiederholte Anmeldename ist ein anderer; gelöscht ist nichts."
NONE_CHOSEN = "Bitte ein Konto wählen."


def add(login: str, name: str, role: str) -> tuple[Component, bool]:
    """Make an account; returns what to say and whether anything changed."""
    made = login.strip().casefold()
    return _tried(
        lambda accounts: first_password(made, accounts.add(login, name, Role(role))),
    )


def change(button: str | None, login: str, role: str, again: str) -> tuple[Component, bool]:
    """Do with an account what a button asks; returns what to say and whether it was done."""
    if login in {"", NONE[0]}:
        return notice(NONE_CHOSEN, "warn"), False
    if button == ids.REMOVE and again.strip().casefold() != login:
        return notice(NOT_REPEATED, "warn"), False
    return _tried(lambda accounts: _done(accounts, button, login, role))


def _done(accounts: Accounts, button: str | None, login: str, role: str) -> Component:
    if button == ids.RESET:
        return first_password(login, accounts.reset(login))
    if button == ids.ROLE_SET:
        wanted = Role(role)
        accounts.set_role(login, wanted)
        return notice(f"{login} hat jetzt die Rolle „{ROLE_WORDS[wanted]}“.")
    if button == ids.REMOVE:
        accounts.remove(login)
        return notice(f"{login} ist gelöscht.")
    is_open = button == ids.OPEN
    accounts.set_active(login, is_active=is_open)
    return notice(f"{login} ist {'offen' if is_open else 'geschlossen'}.")


def _tried(step: Callable[[Accounts], Component]) -> tuple[Component, bool]:
    try:
        return step(services().accounts), True
    except CockpitError as error:
        return notice(error.user_message, "warn"), False
    except ValueError:
        return notice("Diese Rolle gibt es nicht.", "warn"), False
