"""Devices: how uplinks were heard, days of devices, gateways, log, commissioning; quarter hours."""

import sqlalchemy as sa
from alembic import op

from data.column_types import UtcDateTime

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ROLLUPS = ("rollups_hourly", "rollups_daily")
RADIO = (
    ("spreading_factor", sa.SmallInteger()),
    ("frequency_hz", sa.BigInteger()),
    ("rssi", sa.Float()),
    ("snr", sa.Float()),
    ("gateways", sa.SmallInteger()),
)
COUNT_AGAIN = """
insert into rollup_dirty (datastream_id, start_at)
select h.datastream_id, h.start_at from rollups_hourly h
where h.start_at >= (select max(start_at) from rollups_hourly) - {days}
"""
"""Quarter hours of the last 40 days are counted anew; of older ones the page says "not counted"."""


def upgrade() -> None:
    for name, kind in RADIO:
        op.add_column("uplink_receipts", sa.Column(name, kind, nullable=True))
    for table in ROLLUPS:
        op.add_column(table, sa.Column("slots", sa.SmallInteger(), nullable=True))
        op.add_column(table, sa.Column("good_slots", sa.SmallInteger(), nullable=True))
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(COUNT_AGAIN.format(days="3456000000000" if is_sqlite else "interval '40 days'"))
    _heard()
    _kept_by_people()


def _heard() -> None:
    op.create_table(
        "gateway_receptions",
        sa.Column("gateway_id", sa.String(80), nullable=False),
        sa.Column("dev_eui", sa.String(16), nullable=False),
        sa.Column("start_at", UtcDateTime(), nullable=False),
        sa.Column("frames", sa.Integer(), nullable=False),
        sa.Column("alone", sa.Integer(), nullable=False),
        sa.Column("rssi_sum", sa.Float(), nullable=False),
        sa.Column("rssi_best", sa.Float(), nullable=True),
        sa.Column("snr_sum", sa.Float(), nullable=False),
        sa.Column("snr_best", sa.Float(), nullable=True),
        sa.Column("measured", sa.Integer(), nullable=False),
        sa.Column("airtime_ms", sa.Float(), nullable=False),
        sa.Column("newest_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint(
            "gateway_id", "dev_eui", "start_at", name=op.f("pk_gateway_receptions")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_gateway_receptions_start_at"), "gateway_receptions", ["start_at"])
    op.create_table(
        "device_days",
        sa.Column("dev_eui", sa.String(16), nullable=False),
        sa.Column("start_at", UtcDateTime(), nullable=False),
        sa.Column("uplinks", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("rejoins", sa.Integer(), nullable=False),
        sa.Column("rssi_mean", sa.Float(), nullable=True),
        sa.Column("snr_mean", sa.Float(), nullable=True),
        sa.Column("gateways_mean", sa.Float(), nullable=True),
        sa.Column("spreading", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("dev_eui", "start_at", name=op.f("pk_device_days")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_device_days_start_at"), "device_days", ["start_at"])
    op.create_table(
        "device_marks",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("receipt_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_device_marks")),
    )


def _kept_by_people() -> None:
    op.create_table(
        "device_notes",
        sa.Column("note_id", BIG, autoincrement=True, nullable=False),
        sa.Column("dev_eui", sa.String(16), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("note_id", name=op.f("pk_device_notes")),
    )
    op.create_index(op.f("ix_device_notes_dev_eui_at"), "device_notes", ["dev_eui", "at"])
    op.create_table(
        "commissioned_sensors",
        sa.Column("region_id", sa.String(64), nullable=False),
        sa.Column("dev_eui", sa.String(16), nullable=False),
        sa.Column("observed_property", sa.String(40), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint(
            "region_id", "dev_eui", "observed_property", name=op.f("pk_commissioned_sensors")
        ),
    )


def downgrade() -> None:
    for table in (
        "commissioned_sensors",
        "device_notes",
        "device_marks",
        "device_days",
        "gateway_receptions",
    ):
        op.drop_table(table)
    for table in ROLLUPS:
        op.drop_column(table, "good_slots")
        op.drop_column(table, "slots")
    for name, _ in reversed(RADIO):
        op.drop_column("uplink_receipts", name)
