"""People, their sessions and locks; the audit log becomes a chain."""

import sqlalchemy as sa
from alembic import op

import data.column_types

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("totp_secret", sa.String(length=64), nullable=False),
        sa.Column("totp_step", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("password_at", data.column_types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_people")),
        sa.UniqueConstraint("login", name=op.f("uq_people_login")),
        sa.UniqueConstraint("subject", name=op.f("uq_people_subject")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.person_id"],
            name=op.f("fk_recovery_codes_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "person_sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("seen_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("expires_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("is_wall", sa.Boolean(), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("browser", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.person_id"],
            name=op.f("fk_person_sessions_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_person_sessions")),
    )
    op.create_index(
        op.f("ix_person_sessions_person_id"), "person_sessions", ["person_id"], unique=False
    )
    op.create_index(
        op.f("ix_person_sessions_expires_at"), "person_sessions", ["expires_at"], unique=False
    )
    op.create_table(
        "sign_in_locks",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", data.column_types.UtcDateTime(), nullable=False),
        sa.Column("locked_until", data.column_types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_sign_in_locks")),
    )
    for name in ("prev_hash", "entry_hash"):
        op.add_column(
            "audit", sa.Column(name, sa.String(length=64), nullable=False, server_default="")
        )


def downgrade() -> None:
    for name in ("prev_hash", "entry_hash"):
        with op.batch_alter_table("audit") as batch:
            batch.drop_column(name)
    op.drop_table("sign_in_locks")
    op.drop_table("person_sessions")
    op.drop_table("recovery_codes")
    op.drop_table("people")
