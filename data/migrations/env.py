"""Alembic environment: runs on the connection that `data.schema` hands over."""

from alembic import context

from data.models import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    # our engines say BEGIN themselves: all steps are one transaction on SQLite too, so that two
    # processes that start at once do not meet between two of them
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
