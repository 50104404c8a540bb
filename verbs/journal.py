"""The verb `journal`: check that nobody has changed what was written."""

import sys

import click

from config import Settings
from verbs.exit_codes import EXIT_FAULT


@click.group()
def journal() -> None:
    """Work with the journal of operations."""


@journal.command("verify")
def journal_verify() -> None:
    """Walk the chain of hashes; exit code 1 where an entry was changed, removed or put in."""
    from data import journal as entries
    from wiring import wire

    wired = wire(Settings())
    try:
        with wired.sessions() as session:
            found = entries.verify(session)
    finally:
        wired.engine.dispose()
    if found.broken_at is not None:
        click.echo(f"Die Kette ist gebrochen bei Eintrag {found.broken_at}.", err=True)
        sys.exit(EXIT_FAULT)
    click.echo(f"{found.entries} Einträge, Kette unversehrt. Letzter Hash: {found.head}")
