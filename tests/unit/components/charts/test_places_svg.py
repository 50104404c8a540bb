"""The drawing of places keeps north up, shows each place once and needs no ground."""

import re

from components.charts.places_svg import places_svg

SQUARE = {
    "geometry": {"type": "Polygon", "coordinates": [[[7, 50], [8, 50], [8, 51], [7, 51], [7, 50]]]}
}


def centres(drawing):
    found = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', str(drawing))
    return [(float(x), float(y)) for x, y in found]


def test_north_is_up_and_east_is_right():
    south_west, north_east = centres(places_svg([SQUARE], [(7.1, 50.1), (7.9, 50.9)], "zwei"))
    assert north_east[0] > south_west[0]
    assert north_east[1] < south_west[1]


def test_the_ground_is_drawn_and_described():
    text = str(places_svg([SQUARE], [], "eine Fläche"))
    assert text.count('class="land"') == 1
    assert "eine Fläche" in text


def test_one_place_alone_and_none_at_all_are_no_error():
    assert len(centres(places_svg([], [(7.0, 50.0)], "einer"))) == 1
    assert str(places_svg([], [], "nichts")) == ""
