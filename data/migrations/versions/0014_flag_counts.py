"""Counts of observations by flag in the rollups."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ROLLUPS = ("rollups_hourly", "rollups_daily")
COUNTS = ("good", "not_evaluated", "suspect", "fail", "missing")
COUNT_AGAIN = """
insert into rollup_dirty (datastream_id, start_at)
select h.datastream_id, h.start_at from rollups_hourly h
where h.start_at >= (select max(start_at) from rollups_hourly) - {days}
"""
"""The last 40 days are counted anew: no page tells shares of a longer window."""


def upgrade() -> None:
    for table in ROLLUPS:
        for name in COUNTS:
            op.add_column(table, sa.Column(name, sa.Integer(), nullable=True))
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(COUNT_AGAIN.format(days="3456000000000" if is_sqlite else "interval '40 days'"))


def downgrade() -> None:
    for table in ROLLUPS:
        for name in COUNTS:
            op.drop_column(table, name)
