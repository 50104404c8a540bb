from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from data import schema
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
