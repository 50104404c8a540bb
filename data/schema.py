"""Bring a database to the newest schema with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from data.models import Base

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK_KEY = 7137001
"""PostgreSQL advisory lock: web, worker and ingest may start at once."""


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's settings bound to a connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> str:
    """Apply all missing migrations and return the revision; safe to call from several processes."""
    with engine.connect().execution_options(cockpit_write=True) as connection:
        upgrade_in(connection)
        connection.commit()
        return current(connection) or ""


def upgrade_in(connection: Connection, revision: str = "head") -> None:
    """Apply missing migrations up to a revision, as part of the caller's transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
    command.upgrade(alembic_config(connection), revision)


def rebuild(connection: Connection, revision: str) -> None:
    """Drop all tables and make those of a revision, empty, in the caller's transaction."""
    if current(connection):
        for table in reversed(Base.metadata.sorted_tables):  # no migration trips over a child
            connection.execute(table.delete())
        command.downgrade(alembic_config(connection), "base")
    upgrade_in(connection, revision)


def current(connection: Connection) -> str | None:
    """Return the schema revision of a database, None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def is_prepared(engine: Engine) -> bool:
    """Tell whether a database has a schema: not before the first start."""
    with engine.connect() as connection:
        return current(connection) is not None


def revisions() -> set[str]:
    """Return all revisions that this build knows."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}


def newest() -> str:
    """Return the newest revision that this build knows."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return str(ScriptDirectory.from_config(config).get_current_head())
