from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from components.charts.labels import spread
from components.short_name import gauge_name, short_name

PLACES = st.lists(st.floats(0, 300), min_size=1, max_size=18)


def test_labels_with_room_stay_where_they_belong():
    assert spread([10, 50, 90], 16, 0, 100) == [10, 50, 90]


def test_close_labels_move_apart_around_their_middle():
    assert spread([50, 52], 16, 0, 100) == [43, 59]


def test_labels_stay_inside_and_keep_their_order():
    assert spread([0, 0, 0], 10, 0, 100) == [0, 10, 20]
    assert spread([100], 10, 0, 90) == [90]


@given(PLACES)
def test_labels_never_collide_nor_leave_the_plot(wanted):
    placed = spread(wanted, 16, 0, 300)
    step = min(16, 300 / max(1, len(wanted) - 1))
    ordered = sorted(placed)
    assert ordered[0] >= -1e-6
    assert ordered[-1] <= 300 + 1e-6
    gaps = [later - earlier for earlier, later in pairwise(ordered)]
    assert all(gap >= step - 1e-6 for gap in gaps)


@given(PLACES)
def test_labels_keep_the_order_of_what_they_name(wanted):
    placed = spread(wanted, 16, 0, 300)
    by_wish = sorted(range(len(wanted)), key=lambda index: wanted[index])
    assert [placed[index] for index in by_wish] == sorted(placed)


def test_long_names_are_cut_where_a_word_ends():
    assert short_name("Mayen (Altstadt, Bachstraße)", 21) == "Mayen"
    assert short_name("Schloss Bürresheim / St. Johann", 21) == "St. Johann"
    assert short_name("Sankt Sebastian am langen Namensberg", 21) == "Sankt Sebastian am…"
    assert len(short_name("Andernachmiesenheimersiedlung", 12)) <= 12
    assert short_name("(ohne Namen)", 20) == "(ohne Namen)"


def test_a_gauge_is_called_gauge_once():
    assert gauge_name("Nitz") == "Pegel Nitz"
    assert gauge_name("Pegel Nitz") == "Pegel Nitz"
