"""What came in the last minutes is stored first; batches share transactions in their order."""

from pathlib import Path

import pytest

from services.ingestion.drain_order import FRESH_NS, in_groups, newest_first
from services.ingestion.spool import Batch

MINUTE_NS = 60 * 10**9


def spooled(*minutes):
    return [Path(f"{minute * MINUTE_NS:020d}-1-000000000-aa.jsonl") for minute in minutes]


def test_a_backlog_makes_way_for_what_came_within_twenty_minutes_of_the_newest():
    paths = spooled(0, 60, 100, 110, 120)
    fresh, backlog = newest_first(paths)
    assert fresh == spooled(100, 110, 120)
    assert backlog == spooled(0, 60)
    assert FRESH_NS == 20 * MINUTE_NS


def test_files_of_foreign_names_keep_their_order():
    paths = [Path("0001-1.jsonl"), Path("by-hand.jsonl")]
    assert newest_first(paths) == (paths, [])


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [([], []), ([2, 2, 2], [[2, 2], [2]]), ([9, 1], [[9], [1]]), ([1, 9, 1], [[1], [9], [1]])],
)
def test_batches_share_a_group_up_to_its_size_and_a_larger_one_stands_alone(sizes, expected):
    batches = [Batch(Path(f"{n}"), ("message",) * size) for n, size in enumerate(sizes)]
    groups = list(in_groups(batches, 4))
    assert [[len(batch.messages) for batch in group] for group in groups] == expected
    assert [batch for group in groups for batch in group] == batches
