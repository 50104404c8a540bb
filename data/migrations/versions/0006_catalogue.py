"""Data sets that were ever published, with the day of their withdrawal."""

import sqlalchemy as sa
from alembic import op

import data.column_types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalogue_entries",
        sa.Column("region_id", sa.String(length=64), nullable=False),
        sa.Column("dataset_id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("issued", sa.Date(), nullable=False),
        sa.Column("withdrawn_at", data.column_types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("region_id", "dataset_id", name=op.f("pk_catalogue_entries")),
    )


def downgrade() -> None:
    op.drop_table("catalogue_entries")
