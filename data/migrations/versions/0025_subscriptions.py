"""Subscriptions by confirmed e-mail, fingerprints of their links, and how often somebody asked."""

import sqlalchemy as sa
from alembic import op

import data.column_types

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, data.column_types.UtcDateTime(), nullable=nullable)


def _words(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def upgrade() -> None:
    op.create_table(
        "subscriptions",
        _words("subscription_id", 36),
        _words("region_id", 64),
        _words("address", 200),
        _words("kind", 12),
        _words("target_id", 64),
        _words("level", 12),
        sa.Column("threshold", sa.Float(), nullable=True),
        _at("created_at"),
        _at("confirmed_at", nullable=True),
        _words("told", 12),
        sa.PrimaryKeyConstraint("subscription_id", name=op.f("pk_subscriptions")),
    )
    for columns in (["region_id", "confirmed_at"], ["region_id", "address"]):
        name = f"ix_subscriptions_{'_'.join(columns)}"
        op.create_index(op.f(name), "subscriptions", columns)
    op.create_table(
        "subscription_tokens",
        _words("token_hash", 64),
        _words("subscription_id", 36),
        _at("expires_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.subscription_id"],
            name=op.f("fk_subscription_tokens_subscription_id_subscriptions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_subscription_tokens")),
    )
    op.create_index(
        op.f("ix_subscription_tokens_subscription_id"), "subscription_tokens", ["subscription_id"]
    )
    op.create_table(
        "subscription_requests",
        sa.Column(
            "request_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        _words("key", 64),
        _at("asked_at"),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_subscription_requests")),
    )
    op.create_index(
        op.f("ix_subscription_requests_key_asked_at"), "subscription_requests", ["key", "asked_at"]
    )


def downgrade() -> None:
    op.drop_table("subscription_requests")
    op.drop_table("subscription_tokens")
    op.drop_table("subscriptions")
