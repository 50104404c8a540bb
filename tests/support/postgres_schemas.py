"""Schemas for tests on PostgreSQL: made once for a run, emptied between tests.

Making one takes longer than most tests. It is made anew only where a test has changed its shape
(partitions, migrations) or left a transaction open.
"""

import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError

from data import schema
from data.engine import make_engine
from tests.support.servers import POSTGRES_URL

SHAPE = text("""
    select md5(string_agg(line, '|' order by line)) from (
      select relname::text || relkind::text || relnatts as line from pg_class
        where relnamespace = (select oid from pg_namespace where nspname = :name)
      union all
      select conname::text || contype::text from pg_constraint
        where connamespace = (select oid from pg_namespace where nspname = :name)
    ) as lines
""")
"""Tables with their columns by number, indexes, sequences, constraints."""
OTHERS = text("""
    select pg_terminate_backend(pid) from (
      select distinct l.pid from pg_locks l join pg_class c on c.oid = l.relation
      where l.pid <> pg_backend_pid()
      and c.relnamespace = (select oid from pg_namespace where nspname = :name)
    ) as holders
""")
EMPTY = """
do $$
declare one record; has_rows boolean; filled text := '';
begin
  set local lock_timeout = '5s';
  for one in select c.oid::regclass::text as name from pg_class c
    where c.relnamespace = '{name}'::regnamespace and c.relkind in ('r', 'p')
    and not c.relispartition and c.relname <> 'alembic_version'
  loop
    execute 'select exists (select 1 from ' || one.name || ')' into has_rows;
    if has_rows then filled := filled || ', ' || one.name; end if;
  end loop;
  if filled <> '' then
    execute 'truncate ' || substr(filled, 3) || ' restart identity cascade';
  end if;
  for one in select schemaname || '.' || sequencename as name from pg_sequences
    where schemaname = '{name}' and last_value is not null
  loop
    execute 'alter sequence ' || one.name || ' restart';
  end loop;
end $$
"""


@dataclass
class PostgresSchemas:
    """The schema of one test process; `script` are all statements of the migrations as one text."""

    admin: Engine = field(default_factory=lambda: make_engine(POSTGRES_URL))
    name: str = ""
    script: str = ""
    shape: str = ""

    def ready(self) -> str:
        """Return the name of an empty, migrated schema."""
        if not self.script:
            self.script = self._statements()
        if not self.name:
            self.name = self._created()
            engine = self._engine(self.name)
            with engine.begin() as connection:
                connection.exec_driver_sql(self.script)
            engine.dispose()
            self.shape = self._shape()
        return self.name

    def engine(self) -> Engine:
        """Return an engine on the schema that is ready."""
        return self._engine(self.ready())

    def clean(self) -> None:
        """Empty the schema for the next test, or let it go where that is not enough."""
        if self._shape() == self.shape:
            try:
                with self.admin.begin() as connection:
                    connection.exec_driver_sql(EMPTY.format(name=self.name))
            except OperationalError:  # a transaction that the test left open
                self.drop()
        else:
            self.drop()

    def drop(self) -> None:
        """Drop the schema, after ending who still holds a lock in it: it would wait for them."""
        if self.name:
            with self.admin.begin() as connection:
                connection.execute(OTHERS, {"name": self.name})
            self._drop(self.name)
            self.name = ""

    def _statements(self) -> str:
        """Migrate once and note what is said: sent at once, it takes a third of the time."""
        said: list[str] = []

        def note(_a: object, _b: object, statement: str, values: object, *_more: Any) -> None:
            if not values and not statement.lstrip().lower().startswith("select"):
                said.append(statement)

        name = self._created()
        engine = self._engine(name)
        event.listen(engine, "before_cursor_execute", note)
        schema.upgrade(engine)
        engine.dispose()
        self._drop(name)
        return ";\n".join(said)

    def _shape(self) -> str:
        with self.admin.connect() as connection:
            return str(connection.scalar(SHAPE, {"name": self.name}))

    def _created(self) -> str:
        name = f"t_{uuid.uuid4().hex}"
        with self.admin.begin() as connection:
            connection.execute(text(f"create schema {name}"))
        return name

    def _drop(self, name: str) -> None:
        with self.admin.begin() as connection:
            connection.execute(text(f"drop schema {name} cascade"))

    @staticmethod
    def _engine(name: str) -> Engine:
        # what a test stores need not survive a power cut
        options = f"-csearch_path%3D{name}%20-csynchronous_commit%3Doff"
        return make_engine(f"{POSTGRES_URL}?options={options}")
