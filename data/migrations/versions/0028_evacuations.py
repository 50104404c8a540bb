"""Whether people were evacuated in the flood that an alarm was about."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "alarms", sa.Column("evacuated", sa.String(length=3), nullable=False, server_default="")
    )


def downgrade() -> None:
    with op.batch_alter_table("alarms") as table:
        table.drop_column("evacuated")
