"""Changes of thresholds by four eyes."""

import sqlalchemy as sa
from alembic import op

import data.column_types

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "threshold_changes",
        sa.Column("change_id", sa.String(length=36), nullable=False),
        *(
            sa.Column(name, sa.String(length=64), nullable=False)
            for name in ("region_id", "gauge_id", "place_id", "river_id")
        ),
        *(sa.Column(name, sa.Float(), nullable=True) for name in ("voralarm", "warnung", "alarm")),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("valid_from", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("proposer_id", sa.String(length=80), nullable=False),
        sa.Column("proposer", sa.String(length=80), nullable=False),
        sa.Column("proposed_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("decider_id", sa.String(length=80), nullable=False),
        sa.Column("decider", sa.String(length=80), nullable=False),
        sa.Column("decided_at", data.column_types.UtcDateTime(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("effect", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("change_id", name=op.f("pk_threshold_changes")),
        sa.UniqueConstraint(
            "region_id", "version", name=op.f("uq_threshold_changes_region_id_version")
        ),
    )
    op.create_index(
        op.f("ix_threshold_changes_region_id_status"), "threshold_changes", ["region_id", "status"]
    )


def downgrade() -> None:
    op.drop_table("threshold_changes")
