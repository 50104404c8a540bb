"""A finished cycle as tests store it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from data import runs

REGION = "test"


def run_row(run_id: str, at: datetime, **changes: Any) -> runs.RunRow:
    """Return a cycle that began and ended at an instant; `changes` replace its other columns."""
    row = runs.RunRow(
        run_id=run_id,
        region_id=REGION,
        kind=runs.CYCLE,
        clock="live",
        status=runs.DONE,
        progress=1.0,
        as_of=at,
        started_at=at,
        finished_at=at,
        model_version="1",
        config_hash="x",
        origin="live",
        requested_by="",
        parameters={},
        faults=(),
        message="",
    )
    return replace(row, **changes)
