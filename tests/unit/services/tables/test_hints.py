"""What looks wrong in a table: letters of another encoding, swapped coordinates."""

import pytest

from services.tables.hints import hints

POINTS = [(50.2, 7.1), (50.4, 7.4)]


@pytest.mark.parametrize("name", ["Bevölkerung", "Gefäß", "Höhe"])
def test_letters_encoded_twice_are_noticed(name):
    broken = name.encode().decode("cp1252")
    [hint] = hints([broken], [["1"]], POINTS)
    assert broken in hint
    assert "CSV UTF-8" in hint


def test_letters_of_the_dos_code_page_are_noticed():
    broken = "Bevölkerung".encode("cp850").decode("cp1252")
    assert hints([broken], [["1"]], POINTS)


def test_proper_german_and_quotes_are_not_suspected():
    assert hints(["Größe", "Ä"], [["sagte „nein“ und Ãhnliches", "Ørsted"]], POINTS) == ()


def test_swapped_coordinates_are_noticed_and_right_or_foreign_ones_are_not():
    columns = ["lat", "lon"]
    [hint] = hints(columns, [["7,2", "50,3"]], POINTS)
    assert "vertauscht" in hint
    assert hints(columns, [["50,3", "7,2"]], POINTS) == ()
    assert hints(columns, [["10,0", "30,0"]], POINTS) == ()
