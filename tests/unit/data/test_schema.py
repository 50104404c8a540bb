import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, inspect

from config import ROOT
from data import schema
from data.engine import make_engine
from data.models import Base


def test_the_migrations_make_exactly_the_tables_of_the_models(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        tables = set(inspect(connection).get_table_names())
        differences = compare_metadata(context, Base.metadata)
    assert set(Base.metadata.tables) <= tables
    assert [entry for entry in differences if "alembic_version" not in str(entry)] == []


def test_upgrading_twice_changes_nothing(engine):
    assert schema.upgrade(engine) == schema.newest()


def test_all_instants_are_stored_with_the_utc_type():
    from data.column_types import UtcDateTime

    for table in Base.metadata.tables.values():
        for column in table.columns:
            if column.name.endswith(("_at", "_time", "_since")) or column.name == "at":
                assert isinstance(column.type, UtcDateTime), f"{table.name}.{column.name}"


UPGRADE = """
import sys
from data import schema
from data.engine import make_engine
print(schema.upgrade(make_engine(sys.argv[1])))
"""


def test_processes_that_start_at_once_migrate_one_file_together(tmp_path):
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE, url],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    said = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0, 0], said
    assert {out.strip() for out, _ in said} == {schema.newest()}


def test_a_migration_that_breaks_off_leaves_nothing_behind(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")

    def break_off(_a, _b, statement, *_more):
        if "source_polls" in statement:
            raise RuntimeError("the power is gone")

    event.listen(engine, "before_cursor_execute", break_off)
    with pytest.raises(RuntimeError):
        schema.upgrade(engine)
    event.remove(engine, "before_cursor_execute", break_off)
    assert inspect(engine).get_table_names() == []
    assert schema.upgrade(engine) == schema.newest()
    engine.dispose()
