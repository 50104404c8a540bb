"""The journal of an operation, and its photos."""

import sqlalchemy as sa
from alembic import op

from data.column_types import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "journal_photos",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=20), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_journal_photos")),
    )
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "journal",
        sa.Column("entry_id", number, autoincrement=True, nullable=False),
        sa.Column("region_id", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=48), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("happened_at", UtcDateTime(), nullable=False),
        sa.Column("noted_at", UtcDateTime(), nullable=False),
        sa.Column("wall_at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("photo", sa.String(length=64), nullable=True),
        sa.Column("refers_to", number, nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("entry_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo"], ["journal_photos.sha256"], name=op.f("fk_journal_photo_journal_photos")
        ),
        sa.ForeignKeyConstraint(
            ["refers_to"], ["journal.entry_id"], name=op.f("fk_journal_refers_to_journal")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_journal")),
    )
    op.create_index(
        op.f("ix_journal_region_id_scope_happened_at"),
        "journal",
        ["region_id", "scope", "happened_at"],
    )
    op.create_index(op.f("ix_journal_refers_to"), "journal", ["refers_to"])


def downgrade() -> None:
    op.drop_table("journal")
    op.drop_table("journal_photos")
