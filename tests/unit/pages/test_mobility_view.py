"""A municipality of which no stop is known is told so, never counted as nought."""

from dataclasses import replace

from pages.mobility import _view as view
from pages.mobility._state import MobilityState
from tests.support import sample_region, trees

SUPPLY = list(sample_region.stops())
BARE = replace(SUPPLY[0], bus=0, rail=0, other=0, per_1000=0.0)


def test_no_known_stop_is_words_in_the_table():
    words = trees.text(view.table([BARE], MobilityState()))
    assert "keine bekannt" in words
    assert "0,0" not in words


def test_no_known_stop_is_words_at_the_thin_end():
    words = trees.text(view.charts([BARE, *SUPPLY[1:]], sample_region.municipalities())[1])
    assert "keine bekannt" in words
    assert "0,0" not in words


def test_no_known_stop_is_words_in_the_selection():
    words = trees.text(view.selection([BARE], {"id": BARE.ags}))
    assert words == f"{BARE.name} : keine Haltestelle bekannt"
