"""Usable minutes beside an alarm and its message; attempts made together; what a mail last said."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alarms", sa.Column("usable_min", sa.Float(), nullable=True))
    op.add_column("outbox_messages", sa.Column("usable_min", sa.Float(), nullable=True))
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("delivery_attempts", sa.Column("digest_id", kind, nullable=True))
    op.create_index(op.f("ix_delivery_attempts_digest_id"), "delivery_attempts", ["digest_id"])
    op.add_column(
        "subscriptions",
        sa.Column("told_key", sa.String(length=240), nullable=False, server_default=""),
    )


def downgrade() -> None:
    op.drop_column("subscriptions", "told_key")
    op.drop_index(op.f("ix_delivery_attempts_digest_id"), "delivery_attempts")
    op.drop_column("delivery_attempts", "digest_id")
    op.drop_column("outbox_messages", "usable_min")
    op.drop_column("alarms", "usable_min")
