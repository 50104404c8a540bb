"""Timetables: health of a feed, supply of each stop, trips of the region."""

import sqlalchemy as sa
from alembic import op

import data.column_types

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gtfs_feeds",
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("fetched_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("is_withheld", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.Column("accepted_at", data.column_types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_gtfs_feeds")),
    )
    op.create_table(
        "gtfs_supply",
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("stop_id", sa.String(length=120), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("departures", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "stop_id", "weekday", name=op.f("pk_gtfs_supply")),
    )
    op.create_table(
        "gtfs_trips",
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("trip_id", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "trip_id", name=op.f("pk_gtfs_trips")),
    )


def downgrade() -> None:
    for table in ("gtfs_trips", "gtfs_supply", "gtfs_feeds"):
        op.drop_table(table)
