"""Browsers from which people have signed in before."""

import sqlalchemy as sa
from alembic import op

from data.column_types import UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_browsers",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.person_id"],
            name=op.f("fk_known_browsers_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", "person_id", name=op.f("pk_known_browsers")),
    )
    op.create_index(op.f("ix_known_browsers_person_id"), "known_browsers", ["person_id"])


def downgrade() -> None:
    op.drop_table("known_browsers")
