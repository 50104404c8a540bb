"""What a region pack says on screens is German: operators, notes, sources of levels."""

import re

import pytest

from data.region_pack.loader import load_region

ENGLISH = re.compile(r"\b(the|of|and|not|used|named|mobile|flood|gauge|portal id|estimate|see)\b")


@pytest.fixture
def pack(region_dir):
    return load_region(region_dir)


def shown(pack):
    yield from (row.operator for row in pack.gauges)
    yield from (row.name for row in (*pack.gauges, *pack.rivers, *pack.places))
    yield from (row.note for row in pack.places)
    yield from (row.source for row in (*pack.thresholds, *pack.municipalities))


def test_what_screens_show_of_the_region_is_german(pack):
    words = [text for text in shown(pack) if text]
    assert words
    assert [text for text in words if ENGLISH.search(text)] == []


def test_german_names_keep_their_umlauts(pack):
    assert not [row.operator for row in pack.gauges if "Hoehr" in row.operator]
