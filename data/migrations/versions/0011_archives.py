"""Files that hold what has left the database."""

import sqlalchemy as sa
from alembic import op

import data.column_types

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "archives",
        sa.Column(
            "archive_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("datastream_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("first_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("last_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("observations", sa.Integer(), nullable=False),
        sa.Column("revisions", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", data.column_types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["datastream_id"],
            ["datastreams.datastream_id"],
            name=op.f("fk_archives_datastream_id_datastreams"),
        ),
        sa.PrimaryKeyConstraint("archive_id", name=op.f("pk_archives")),
        sa.UniqueConstraint("path", name=op.f("uq_archives_path")),
    )
    op.create_index(
        op.f("ix_archives_datastream_id_first_at"), "archives", ["datastream_id", "first_at"]
    )


def downgrade() -> None:
    op.drop_table("archives")
