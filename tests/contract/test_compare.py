"""The comparison of waves: what is offered, what is ticked, what the address keeps."""

import importlib

import pytest

from services.errors import UnknownGaugeError
from tests.support import trees


@pytest.fixture
def compare(app, found):
    return importlib.import_module("pages.water.compare")


@pytest.fixture
def reading(compare):
    return importlib.import_module("pages.water._compare_read")


def keys_of(reading, found, request=None, gauge="iot-nitz"):
    options, ticked = reading.wave_options(found, gauge, request or {})
    return [option["value"] for option in options], ticked


def test_without_a_choice_the_running_wave_and_the_highest_are_ticked(reading, found):
    offered, ticked = keys_of(reading, found)
    assert len(offered) == 3
    assert set(ticked) == set(offered)
    assert ticked[0] == offered[0]


def test_the_address_decides_what_is_ticked_even_by_a_later_hour_of_the_wave(reading, found):
    offered, _ = keys_of(reading, found)
    later = str(int(offered[2]) + 1)
    request = {"pegel": "iot-nitz", "ereignisse": f"{later}.1999010100"}
    assert keys_of(reading, found, request)[1] == [offered[2], "1999010100"]
    assert keys_of(reading, found, {"ereignisse": "keine"})[1] == []
    other = {"pegel": "iot-bermel", "ereignisse": later}
    assert keys_of(reading, found, other)[1] == keys_of(reading, found)[1]


def test_an_unknown_gauge_has_no_waves(reading, found):
    with pytest.raises(UnknownGaugeError):
        reading.wave_options(found, "gibt-es-nicht", {})


def test_the_gauge_where_a_level_is_measured_is_chosen_and_an_unknown_one_stays(compare):
    options, value = compare.offer_gauges("", None)
    assert value == "iot-nitz"
    assert "Pegel Nitz" in [option["label"] for option in options]
    options, value = compare.offer_gauges("", "gibt-es-nicht")
    assert value == "gibt-es-nicht"
    assert value in [option["value"] for option in options]


def shown(compare, ticked, alignment="beginn", request=None):
    return compare.show_comparison("iot-nitz", ticked, alignment, request or {}, None)


def test_the_address_keeps_a_choice_and_leaves_out_what_the_page_suggests(compare, reading, found):
    offered, ticked = keys_of(reading, found)
    assert shown(compare, ticked)[3] == "?pegel=iot-nitz"
    assert shown(compare, offered[1:2], "scheitel")[3] == (
        f"?pegel=iot-nitz&ereignisse={offered[1]}&ausrichtung=scheitel"
    )
    assert shown(compare, [])[3] == "?pegel=iot-nitz&ereignisse=keine"


def test_picture_and_table_show_the_ticked_waves_and_the_peaks_of_the_pack(compare, reading, found):
    offered, _ = keys_of(reading, found)
    headline, _, body, _ = shown(compare, offered[:2])
    words = trees.text(body)
    assert headline == "Pegel Nitz: laufende Welle bisher niedriger als 1 von 2 früheren"
    [table] = trees.of_type(body, "Table")
    assert len(trees.of_type(table, "Tr")) == 1 + 2 + 1
    assert "Nur der Scheitel ist bekannt. Quelle: Jahrbuch" in words
    assert "Der Scheitel kann in einer Lücke liegen." in words


def test_the_table_is_sorted_by_its_heads_and_what_is_not_known_stands_last(
    compare, reading, found
):
    offered, _ = keys_of(reading, found)
    for direction in ("auf", "ab"):
        request = {"sortierung": "rise", "richtung": direction}
        [table] = trees.of_type(shown(compare, offered, request=request)[2], "Table")
        heads = [trees.text(row.children[0]) for row in trees.of_type(table, "Tr")[1:]]
        assert heads[-1] == "Juli 2021"
        assert heads[0].startswith("04.06.2021" if direction == "auf" else "02.07.2021")


def test_nothing_ticked_and_unknown_waves_are_told(compare):
    assert "Keine Welle ausgewählt" in trees.text(shown(compare, [])[2])
    assert "Nicht jede Welle der Adresse" in trees.text(shown(compare, ["1999010100"])[2])


def test_a_store_that_is_down_and_an_unknown_gauge_are_told_in_words(compare, found):
    headline, words, body, _ = compare.show_comparison("gibt-es-nicht", [], "beginn", {}, None)
    assert (headline, body) == ("Kein Vergleich", None)
    assert "Diesen Pegel gibt es in dieser Region nicht" in trees.text(words)
    found.situation.is_down = True
    assert compare.show_comparison("iot-nitz", [], "beginn", {}, None)[0] == "Kein Vergleich"
    assert compare.offer_gauges("", "iot-nitz")[1] == "iot-nitz"
