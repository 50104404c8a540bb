"""Alarms, their log, and the duty rota."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import data.column_types

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _at(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, data.column_types.UtcDateTime(), nullable=nullable)


def _text(name: str, length: int) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def upgrade() -> None:
    op.create_table(
        "alarms",
        _text("alarm_id", 36),
        _text("region_id", 64),
        _text("scope", 48),
        _text("alarm_key", 160),
        _text("rule", 20),
        _text("subject", 140),
        _text("name", 160),
        _text("severity", 12),
        _text("standing", 12),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_drill", sa.Boolean(), nullable=False),
        _at("opened_at"),
        _at("opened_wall_at"),
        _at("calling_since"),
        sa.Column("calls", sa.Integer(), nullable=False),
        _at("called_at", nullable=True),
        _at("clear_since", nullable=True),
        _at("seen_clear_at", nullable=True),
        _at("ended_at", nullable=True),
        _at("acknowledged_at", nullable=True),
        _text("acknowledged_by", 80),
        _text("assigned_to", 80),
        _at("closed_at", nullable=True),
        _at("closed_wall_at", nullable=True),
        _text("closed_by", 80),
        _text("outcome", 12),
        sa.Column("outcome_note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("alarm_id", name=op.f("pk_alarms")),
    )
    op.create_index(
        "uq_alarms_open",
        "alarms",
        ["region_id", "scope", "alarm_key"],
        unique=True,
        sqlite_where=sa.text("closed_at is null"),
        postgresql_where=sa.text("closed_at is null"),
    )
    op.create_index(
        op.f("ix_alarms_region_id_opened_wall_at"), "alarms", ["region_id", "opened_wall_at"]
    )
    op.create_table(
        "alarm_log",
        sa.Column(
            "entry_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        _text("alarm_id", 36),
        _text("kind", 20),
        _at("at"),
        _at("wall_at"),
        _text("actor", 80),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alarm_id"],
            ["alarms.alarm_id"],
            name=op.f("fk_alarm_log_alarm_id_alarms"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_alarm_log")),
    )
    op.create_index(op.f("ix_alarm_log_alarm_id_entry_id"), "alarm_log", ["alarm_id", "entry_id"])
    _rota()


def _rota() -> None:
    op.create_table(
        "rota",
        sa.Column("rota_id", sa.Integer(), autoincrement=True, nullable=False),
        _text("region_id", 64),
        _text("role", 64),
        _text("recipients", 64),
        sa.Column("start_day", sa.Integer(), nullable=True),
        sa.Column("start_minute", sa.Integer(), nullable=True),
        sa.Column("end_day", sa.Integer(), nullable=True),
        sa.Column("end_minute", sa.Integer(), nullable=True),
        _at("start_at", nullable=True),
        _at("end_at", nullable=True),
        _text("note", 200),
        sa.PrimaryKeyConstraint("rota_id", name=op.f("pk_rota")),
    )
    op.create_index(op.f("ix_rota_region_id_role"), "rota", ["region_id", "role"])


def downgrade() -> None:
    op.drop_table("rota")
    op.drop_table("alarm_log")
    op.drop_table("alarms")
