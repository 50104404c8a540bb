"""Started stages of the alarm plan and their measures."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from data.column_types import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None
OPEN = sa.text("closed_at is null")


def _at(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, UtcDateTime(), nullable=nullable)


def _words(name: str, length: int) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "plan_stages",
        _words("stage_id", 36),
        _words("region_id", 64),
        _words("scope", 48),
        _words("river_id", 64),
        _words("level", 12),
        _text("reason"),
        sa.Column("is_drill", sa.Boolean(), nullable=False),
        _at("started_at"),
        _at("started_wall_at"),
        _words("started_by", 80),
        _at("closed_at", nullable=True),
        _words("closed_by", 80),
        _text("closing_note"),
        sa.PrimaryKeyConstraint("stage_id", name=op.f("pk_plan_stages")),
    )
    op.create_index(
        op.f("ix_plan_stages_region_id_scope_started_at"),
        "plan_stages",
        ["region_id", "scope", "started_at"],
    )
    _measures()


def _measures() -> None:
    op.create_table(
        "plan_measures",
        _words("step_id", 36),
        _words("stage_id", 36),
        _words("region_id", 64),
        _words("scope", 48),
        _words("river_id", 64),
        _words("measure_id", 64),
        _words("place_id", 64),
        _words("level", 12),
        sa.Column("sort_order", sa.Integer(), nullable=False),
        _words("actor", 80),
        _text("what"),
        _text("precondition"),
        _words("contact_role", 80),
        _words("document", 300),
        _words("status", 20),
        _words("responsible", 80),
        _text("note"),
        sa.Column("is_checked", sa.Boolean(), nullable=False),
        _at("begun_at", nullable=True),
        _at("ended_at", nullable=True),
        _at("changed_at"),
        _words("changed_by", 80),
        _at("closed_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["stage_id"],
            ["plan_stages.stage_id"],
            name=op.f("fk_plan_measures_stage_id_plan_stages"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("step_id", name=op.f("pk_plan_measures")),
    )
    op.create_index(
        "uq_plan_measures_open",
        "plan_measures",
        ["region_id", "scope", "river_id", "measure_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index(op.f("ix_plan_measures_stage_id"), "plan_measures", ["stage_id"])


def downgrade() -> None:
    op.drop_table("plan_measures")
    op.drop_table("plan_stages")
