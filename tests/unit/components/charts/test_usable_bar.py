from components.charts.usable_bar import scale_of, usable_bar
from tests.support import trees


def test_the_scale_is_the_smallest_that_holds_the_longest_bar():
    assert scale_of([30, None, 100]) == 120
    assert scale_of([471]) == 480
    assert scale_of([]) == 120
    assert scale_of([99999]) == 1440


def test_a_bar_shows_at_least_and_likely_and_never_leaves_its_track():
    likely, least = usable_bar(60, 300, 240).children
    assert least.style == {"--least": "25.0%"}
    assert likely.style == {"--likely": "100.0%"}


def test_no_figure_is_an_empty_track_not_a_bar_of_zero():
    assert trees.of_type(usable_bar(None, None, 240), "Div")[0].children is None
