"""Recipients, outbox with deliveries and attempts, mailbox of drills, heartbeats."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import data.column_types

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def _at(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, data.column_types.UtcDateTime(), nullable=nullable)


def _text(name: str, length: int) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _long(name: str, **more: Any) -> sa.Column[Any]:  # noqa: ANN401  # keywords of Column
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, nullable=False, **more)


def _json(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=False)


def _yes_no(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "recipients",
        _text("recipient_id", 36),
        _text("region_id", 64),
        _text("name", 80),
        _json("groups"),
        _json("channels"),
        _yes_no("is_active"),
        _text("note", 200),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        _at("created_at"),
        sa.PrimaryKeyConstraint("recipient_id", name=op.f("pk_recipients")),
    )
    op.create_index(op.f("ix_recipients_region_id_name"), "recipients", ["region_id", "name"])
    _messages()
    _deliveries()
    op.create_table(
        "drill_messages",
        _text("message_key", 240),
        _text("region_id", 64),
        _text("kind", 12),
        _text("alarm_id", 36),
        _text("severity", 12),
        _text("recipients", 64),
        _number("step"),
        _text("subject", 300),
        sa.Column("body", sa.Text(), nullable=False),
        _text("short", 480),
        _at("created_at"),
        sa.PrimaryKeyConstraint("message_key", name=op.f("pk_drill_messages")),
    )
    op.create_index(
        op.f("ix_drill_messages_region_id_created_at"),
        "drill_messages",
        ["region_id", "created_at"],
    )
    op.create_table(
        "heartbeats",
        _text("region_id", 64),
        _at("beat_at"),
        _at("decided_at"),
        _at("delivered_at", nullable=True),
        _text("channel", 32),
        _json("details"),
        sa.PrimaryKeyConstraint("region_id", "beat_at", name=op.f("pk_heartbeats")),
    )


def _messages() -> None:
    op.create_table(
        "outbox_messages",
        _text("message_id", 36),
        _text("region_id", 64),
        _text("message_key", 240),
        _text("kind", 12),
        _text("alarm_id", 36),
        _text("severity", 12),
        _text("recipients", 64),
        _number("step"),
        _text("title", 300),
        sa.Column("text", sa.Text(), nullable=False),
        _json("fallback"),
        _text("stands_in_for", 64),
        _at("created_at"),
        _at("expires_at"),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_outbox_messages")),
        sa.UniqueConstraint("message_key", name=op.f("uq_outbox_messages_message_key")),
    )
    op.create_index(
        op.f("ix_outbox_messages_region_id_created_at"),
        "outbox_messages",
        ["region_id", "created_at"],
    )
    op.create_index(op.f("ix_outbox_messages_alarm_id"), "outbox_messages", ["alarm_id"])


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        _long("delivery_id", autoincrement=True),
        _text("message_id", 36),
        sa.Column("recipient_id", sa.String(length=36), nullable=True),
        _text("state", 12),
        _number("severity_rank"),
        _number("place"),
        _number("rounds"),
        _number("tries"),
        _json("refused"),
        _yes_no("may_repeat"),
        _at("next_at"),
        _at("ended_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["outbox_messages.message_id"],
            name=op.f("fk_deliveries_message_id_outbox_messages"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"],
            ["recipients.recipient_id"],
            name=op.f("fk_deliveries_recipient_id_recipients"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "message_id", "recipient_id", name=op.f("uq_deliveries_message_id_recipient_id")
        ),
    )
    op.create_index(op.f("ix_deliveries_state_next_at"), "deliveries", ["state", "next_at"])
    op.create_index(op.f("ix_deliveries_recipient_id"), "deliveries", ["recipient_id"])
    op.create_table(
        "delivery_attempts",
        _long("attempt_id", autoincrement=True),
        _long("delivery_id"),
        _number("number"),
        _text("channel", 32),
        _text("holder", 100),
        _yes_no("is_repeat"),
        _at("started_at"),
        _at("finished_at", nullable=True),
        _text("outcome", 12),
        _text("answer", 300),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["deliveries.delivery_id"],
            name=op.f("fk_delivery_attempts_delivery_id_deliveries"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_delivery_attempts")),
        sa.UniqueConstraint(
            "delivery_id", "number", name=op.f("uq_delivery_attempts_delivery_id_number")
        ),
    )
    op.create_index(op.f("ix_delivery_attempts_outcome"), "delivery_attempts", ["outcome"])


def downgrade() -> None:
    for name in (
        "heartbeats",
        "drill_messages",
        "delivery_attempts",
        "deliveries",
        "outbox_messages",
        "recipients",
    ):
        op.drop_table(name)
