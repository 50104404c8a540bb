"""Receipts are found by device and frame counter: at many uplinks an hour of a device is long."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        op.f("ix_uplink_receipts_dev_eui_f_cnt"), "uplink_receipts", ["dev_eui", "f_cnt"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_uplink_receipts_dev_eui_f_cnt"), "uplink_receipts")
