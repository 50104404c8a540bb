"""The verbs of the database: upgrade, backup, restore, move."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from config import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

FOLDERS = ("spool", "archive")
"""Folders that a backup takes along: what waits for the store, and what has left it."""


@click.group()
def db() -> None:
    """Work with the database."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the configured database to the newest schema."""
    from data.schema import upgrade

    with _configured(Settings()) as engine:
        click.echo(f"Schema {upgrade(engine)} in {_shown(engine)}")


@db.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def db_backup(file: Path) -> None:
    """Write all tables and the spool into one FILE; the cockpit may run."""
    from services.backup.service import backup

    settings = Settings()
    with _configured(settings) as engine:
        made = backup(engine, file, settings.state_dir, FOLDERS)
        click.echo(
            f"{made.rows} Zeilen und {made.files} Dateien aus {_shown(engine)} in {file}, "
            f"Schema {made.revision}"
        )


@db.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace what the database holds.")
def db_restore(file: Path, *, force: bool) -> None:
    """Bring a backup FILE back into the configured database; the cockpit must not run."""
    from services.backup.service import restore
    from verbs.live import require_stopped

    settings = Settings()
    require_stopped(settings, "./cockpit db restore")
    with _configured(settings) as engine:
        made = restore(engine, file, settings.state_dir, force=force)
        click.echo(f"{made.rows} Zeilen und {made.files} Dateien in {_shown(engine)}")


@db.command("move")
@click.option("--to", "target", required=True, help="URL of the database to move to.")
@click.option("--force", is_flag=True, help="Replace what the target holds.")
def db_move(target: str, *, force: bool) -> None:
    """Copy the configured database into another; the cockpit must not run."""
    from data.engine import make_engine
    from services.backup.errors import SamePlaceError
    from services.backup.service import move
    from verbs.live import require_stopped

    settings = Settings()
    require_stopped(settings, "./cockpit db move")
    to = make_engine(target)
    try:
        with _configured(settings) as engine:
            if engine.url == to.url:
                raise SamePlaceError
            made = move(engine, to, force=force)
            click.echo(
                f"{made.rows} Zeilen von {_shown(engine)} nach {_shown(to)}. Das Cockpit liest sie "
                "dort, sobald COCKPIT_DATABASE_URL darauf zeigt."
            )
    finally:
        to.dispose()


@contextmanager
def _configured(settings: Settings) -> Iterator["Engine"]:
    from data.engine import make_engine

    engine = make_engine(settings.database_url or settings.store_url)
    try:
        yield engine
    finally:
        engine.dispose()


def _shown(engine: "Engine") -> str:
    return engine.url.render_as_string(hide_password=True)
