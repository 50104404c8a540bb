"""Yearly partitions on PostgreSQL, rollups by hour and day."""

import sqlalchemy as sa
from alembic import op

import data.column_types
from data import partitions

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

HOUR_US = 3_600_000_000
COLUMNS = "datastream_id, phenomenon_time, result_time, value, raw_value, flag, flag_reason, origin"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _replace_observations(by="RANGE (phenomenon_time)")
    for name in ("rollups_hourly", "rollups_daily"):
        _rollup_table(name)
    op.create_table(
        "rollup_dirty",
        sa.Column(
            "mark_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("datastream_id", sa.Integer(), nullable=False),
        sa.Column("start_at", data.column_types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("mark_id", name=op.f("pk_rollup_dirty")),
    )
    op.create_index(
        op.f("ix_rollup_dirty_datastream_id_start_at"),
        "rollup_dirty",
        ["datastream_id", "start_at"],
    )
    _mark_everything()


def _rollup_table(name: str) -> None:
    op.create_table(
        name,
        sa.Column("datastream_id", sa.Integer(), nullable=False),
        sa.Column("start_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("lowest", sa.Float(), nullable=True),
        sa.Column("lowest_at", data.column_types.UtcDateTime(), nullable=True),
        sa.Column("highest", sa.Float(), nullable=True),
        sa.Column("highest_at", data.column_types.UtcDateTime(), nullable=True),
        sa.Column("mean", sa.Float(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("not_good", sa.Integer(), nullable=False),
        sa.Column("drawn_flag", sa.SmallInteger(), nullable=False),
        sa.Column("worst_flag", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["datastream_id"],
            ["datastreams.datastream_id"],
            name=op.f(f"fk_{name}_datastream_id_datastreams"),
        ),
        sa.PrimaryKeyConstraint("datastream_id", "start_at", name=op.f(f"pk_{name}")),
        sqlite_with_rowid=False,
    )


def _mark_everything() -> None:
    """Mark every hour that has observations: the worker rolls up what was there before."""
    hour = (
        f"phenomenon_time - (phenomenon_time % {HOUR_US} + {HOUR_US}) % {HOUR_US}"
        if op.get_bind().dialect.name == "sqlite"
        else "date_trunc('hour', phenomenon_time, 'UTC')"
    )
    op.execute(
        "insert into rollup_dirty (datastream_id, start_at) "  # noqa: S608  # no input
        f"select distinct datastream_id, {hour} from observations"
    )


def _replace_observations(*, by: str | None) -> None:
    """Move all rows into a table of the same columns that is partitioned, or no longer."""
    op.execute("alter table observations rename to observations_before")
    op.execute("alter table observations_before rename constraint pk_observations to pk_before")
    op.create_table(
        "observations",
        sa.Column("datastream_id", sa.Integer(), nullable=False),
        sa.Column("phenomenon_time", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("result_time", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("raw_value", sa.Float(), nullable=True),
        sa.Column("flag", sa.SmallInteger(), nullable=False),
        sa.Column("flag_reason", sa.String(length=200), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["datastream_id"],
            ["datastreams.datastream_id"],
            name=op.f("fk_observations_datastream_id_datastreams"),
        ),
        sa.PrimaryKeyConstraint("datastream_id", "phenomenon_time", name=op.f("pk_observations")),
        postgresql_partition_by=by,
    )
    if by:
        _make_partitions()
    rows = f"select {COLUMNS} from observations_before"  # noqa: S608  # no input
    op.execute(f"insert into observations ({COLUMNS}) {rows}")
    op.execute("drop table observations_before")


def _make_partitions() -> None:
    connection = op.get_bind()
    found = connection.exec_driver_sql(
        "select distinct extract(year from phenomenon_time at time zone 'UTC')::int "
        "from observations_before"
    )
    for (year,) in found.all():
        partitions.create(connection, year)


def downgrade() -> None:
    for name in ("rollup_dirty", "rollups_daily", "rollups_hourly"):
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        _replace_observations(by=None)
