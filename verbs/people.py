"""The verbs `people` and `audit`: the first account, recovery without a default password, the log.

Whoever may run a verb on the machine of the cockpit may do everything with its data anyway.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from config import Settings
from verbs.exit_codes import EXIT_FAULT

if TYPE_CHECKING:
    from services.people.accounts import Accounts

ACTOR = "Verb auf dem Rechner"
ROLES = ("council", "planner", "crisis", "admin")


@click.group()
def people() -> None:
    """Accounts: the first one, and what to do when nobody gets in any more."""


@people.command("add")
@click.argument("login")
@click.option("--name", required=True, help="As it stands in journal and log.")
@click.option("--role", required=True, type=click.Choice(ROLES))
def people_add(login: str, name: str, role: str) -> None:
    """Make an account; its first password is shown once and must be changed at once."""
    from services.people.model import Role

    with _accounts() as accounts:
        first = accounts.add(login, name, Role(role))
    _say(login, first)
    click.echo(f"Gespeichert in: {store(Settings().store_url)}")


@people.command("reset")
@click.argument("login")
def people_reset(login: str) -> None:
    """Give an account a new first password; second factor and sessions are gone."""
    with _accounts() as accounts:
        first = accounts.reset(login)
    _say(login, first)


@people.command("role")
@click.argument("login")
@click.argument("role", type=click.Choice(ROLES))
def people_role(login: str, role: str) -> None:
    """Change the role of an account; its sessions end."""
    from services.people.model import Role

    with _accounts() as accounts:
        accounts.set_role(login, Role(role))
    click.echo(f"{login}: {role}.")


@people.command("remove")
@click.argument("login")
def people_remove(login: str) -> None:
    """Delete an account; what it did stays in the audit log."""
    with _accounts() as accounts:
        accounts.remove(login)
    click.echo(f"{login} ist gelöscht.")


@people.command("list")
def people_list() -> None:
    """List the accounts."""
    with _accounts() as accounts:
        found = accounts.everyone()
    for row in found:
        state = "offen" if row.is_active else "geschlossen"
        factor = "zweiter Faktor" if row.has_second_factor else "ohne zweiten Faktor"
        click.echo(f"{row.login}\t{row.role}\t{row.name}\t{state}\t{factor}")
    if not found:
        click.echo("Noch kein Konto. ./cockpit people add LOGIN --name NAME --role admin", err=True)


@click.group()
def audit() -> None:
    """Work with the audit log."""


@audit.command("verify")
def audit_verify() -> None:
    """Walk the chain of hashes; exit code 1 where an entry was changed, removed or put in."""
    from data import audit as log
    from wiring import wire

    wired = wire(Settings())
    try:
        with wired.sessions() as session:
            found = log.verify(session)
    finally:
        wired.engine.dispose()
    older = f", davon {found.unsealed} älter als die Kette" if found.unsealed else ""
    if found.broken_at is not None:
        click.echo(f"Die Kette ist gebrochen bei Eintrag {found.broken_at}.", err=True)
        sys.exit(EXIT_FAULT)
    click.echo(f"{found.entries} Einträge{older}, Kette unversehrt. Letzter Hash: {found.head}")


@contextmanager
def _accounts() -> Iterator["Accounts"]:
    from services.people.accounts import Accounts
    from services.people.identity import acting
    from services.people.model import system
    from wiring import wire

    wired = wire(Settings())
    try:
        with acting(system(ACTOR)):
            yield Accounts(wired.sessions)
    finally:
        wired.engine.dispose()


def _say(login: str, first: str) -> None:
    click.echo(f"Anmeldename: {login}\nErstes Passwort (gilt bis zur ersten Änderung): {first}")


def store(url: str) -> str:
    """Name the database of a URL as people look for it: its file, or its name and host."""
    from sqlalchemy import make_url  # help is quick without it

    made = make_url(url)
    if made.get_backend_name() == "sqlite":
        return str(Path(made.database or "").resolve())
    return f"Datenbank {made.database} auf {made.host or 'diesem Rechner'}"
