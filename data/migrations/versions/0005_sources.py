"""State of polled sources; weather warnings as CAP messages."""

import sqlalchemy as sa
from alembic import op

import data.column_types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TIME = data.column_types.UtcDateTime


def upgrade() -> None:
    op.create_table(
        "source_polls",
        sa.Column("region_id", sa.String(length=64), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("attempt_at", _TIME(), nullable=True),
        sa.Column("success_at", _TIME(), nullable=True),
        sa.Column("failure_at", _TIME(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_at", _TIME(), nullable=True),
        sa.Column("etag", sa.String(length=300), nullable=False),
        sa.Column("last_modified", sa.String(length=60), nullable=False),
        sa.Column("config_hash", sa.String(length=16), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("newest_at", _TIME(), nullable=True),
        sa.Column("message", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("region_id", "source_id", name=op.f("pk_source_polls")),
    )
    op.create_table(
        "cap_alerts",
        sa.Column("sender", sa.String(length=200), nullable=False),
        sa.Column("identifier", sa.String(length=200), nullable=False),
        sa.Column("sent_at", _TIME(), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("msg_type", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("scope", sa.String(length=12), nullable=False),
        sa.Column("refers_to", sa.JSON(), nullable=False),
        sa.Column("infos", sa.JSON(), nullable=False),
        sa.Column("expires_at", _TIME(), nullable=True),
        sa.Column("received_at", _TIME(), nullable=False),
        sa.PrimaryKeyConstraint("sender", "identifier", "sent_at", name=op.f("pk_cap_alerts")),
    )
    for column in ("sent_at", "expires_at"):
        op.create_index(op.f(f"ix_cap_alerts_{column}"), "cap_alerts", [column])


def downgrade() -> None:
    op.drop_table("cap_alerts")
    op.drop_table("source_polls")
