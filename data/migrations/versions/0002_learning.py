"""Travel times with review, celerity posteriors by version, the version that a run used."""

import sqlalchemy as sa
from alembic import op

import data.column_types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "celerity_posteriors",
        sa.Column(
            "posterior_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("region_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("parent", sa.String(length=40), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("created_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("posterior_id", name=op.f("pk_celerity_posteriors")),
    )
    op.create_index(
        op.f("ix_celerity_posteriors_region_id_version"),
        "celerity_posteriors",
        ["region_id", "version"],
    )
    op.create_table(
        "lag_observations",
        sa.Column("lag_id", sa.String(length=16), nullable=False),
        sa.Column("region_id", sa.String(length=64), nullable=False),
        sa.Column("upper_gauge", sa.String(length=64), nullable=False),
        sa.Column("lower_gauge", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("upper_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("lower_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("stretches", sa.JSON(), nullable=False),
        sa.Column("lag_min", sa.Float(), nullable=False),
        sa.Column("sigma_ln", sa.Float(), nullable=False),
        sa.Column("exceedance", sa.Float(), nullable=True),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("warning", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.String(length=80), nullable=False),
        sa.Column("reviewed_at", data.column_types.UtcDateTime(), nullable=True),
        sa.Column("created_at", data.column_types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("lag_id", name=op.f("pk_lag_observations")),
    )
    op.create_index(
        op.f("ix_lag_observations_region_id_status"), "lag_observations", ["region_id", "status"]
    )
    op.create_index(
        op.f("ix_lag_observations_upper_gauge_lower_gauge_kind_upper_at"),
        "lag_observations",
        ["upper_gauge", "lower_gauge", "kind", "upper_at"],
    )
    op.add_column(
        "runs",
        sa.Column(
            "posterior_version", sa.String(length=40), nullable=False, server_default=sa.text("''")
        ),
    )


def downgrade() -> None:
    with op.batch_alter_table("runs") as batch_op:
        batch_op.drop_column("posterior_version")
    op.drop_table("lag_observations")
    op.drop_table("celerity_posteriors")
