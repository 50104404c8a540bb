"""The verbs of the database: upgrade, backup, restore, move."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from config import ARCHIVE, SPOOL, Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

OTHER_HOSTS = "--ignore-other-hosts"
_other_hosts = click.option(
    OTHER_HOSTS, is_flag=True, help="Although processes have lately used the database."
)


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
    from data.schema import is_prepared
    from services.backup.errors import NothingToBackUpError
    from services.backup.service import backup

    settings = Settings()
    with _configured(settings) as engine:
        if not is_prepared(engine):
            raise NothingToBackUpError
        folders = _folders(settings)
        waiting = {f"{SPOOL}/{name}": folders[SPOOL] / name for name in ("new", "bad")}
        made = backup(engine, file, waiting, {ARCHIVE: folders[ARCHIVE]})
        click.echo(
            f"{made.rows} Zeilen und {made.files} Dateien aus {_shown(engine)} in {file}, "
            f"Schema {made.revision}"
        )


@db.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace what the database holds.")
@_other_hosts
def db_restore(file: Path, *, force: bool, ignore_other_hosts: bool) -> None:
    """Bring a backup FILE back into the configured database; the cockpit must not run."""
    from services.backup.service import restore
    from verbs.live import stopped

    settings, verb = Settings(), "./cockpit db restore"
    with stopped(settings, verb), _configured(settings) as engine:
        _require_unused(engine, verb, ignored=ignore_other_hosts)
        made = restore(engine, file, _folders(settings), force=force)
        click.echo(f"{made.rows} Zeilen und {made.files} Dateien in {_shown(engine)}")


@db.command("move")
@click.option("--to", "target", required=True, help="URL of the database to move to.")
@click.option("--force", is_flag=True, help="Replace what the target holds.")
@_other_hosts
def db_move(target: str, *, force: bool, ignore_other_hosts: bool) -> None:
    """Copy the configured database into another; the cockpit must not run."""
    from data.engine import make_engine
    from services.backup.errors import SamePlaceError
    from services.backup.service import move
    from verbs.live import stopped

    settings, verb = Settings(), "./cockpit db move"
    to = make_engine(target)
    try:
        with stopped(settings, verb), _configured(settings) as engine:
            if engine.url == to.url:
                raise SamePlaceError
            for used in (engine, to):
                _require_unused(used, verb, ignored=ignore_other_hosts)
            made = move(engine, to, force=force)
            click.echo(
                f"{made.rows} Zeilen von {_shown(engine)} nach {_shown(to)}. Das Cockpit liest sie "
                "dort, sobald COCKPIT_DATABASE_URL darauf zeigt."
            )
    finally:
        to.dispose()


def _require_unused(engine: "Engine", verb: str, *, ignored: bool) -> None:
    from services.presence import require_unused

    if not ignored:
        require_unused(engine, verb, OTHER_HOSTS)


def _folders(settings: Settings) -> dict[str, Path]:
    """Return the folders that belong to the configured database."""
    return settings.folders(simulated=settings.is_demo and not settings.database_url)


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
