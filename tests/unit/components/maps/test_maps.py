import json
from dataclasses import replace
from urllib.parse import unquote
from xml.etree import ElementTree

from components.maps.choropleth import Area, choropleth_spec, class_token
from components.maps.deck import bundle_file, bundle_url
from components.maps.icons import ATLAS, MAPPING
from components.maps.map_view import map_view
from components.maps.water_map import water_spec
from services.flood.model import State
from tests.support import sample_region, trees
from tests.support import sample_water as sample

AGS = [row.ags for row in sample_region.municipalities()]
SITUATION = sample.situation()
RESULT = next(village.result for village in SITUATION.villages if village.result)
SPEC = water_spec(SITUATION, sample.river_lines(), AGS)


def layer(spec, name):
    return next(each for each in spec["deck"]["layers"] if each["id"] == name)


def test_a_map_names_no_other_server():
    text = json.dumps(SPEC)
    assert "http" not in text.replace("http%3A//www.w3.org/2000/svg", "")
    assert SPEC["deck"]["mapProvider"] is None if "mapProvider" in SPEC["deck"] else True


def test_each_place_is_shown_once_in_its_worst_state():
    rows = layer(SPEC, "villages")["data"]
    plaidt = [row for row in rows if row["pick"] == ["village", "plaidt"]]
    assert [row["icon"] for row in plaidt] == ["village-voralarm"]


def test_only_places_in_the_valley_and_connected_gauges_are_shown():
    plateau = replace(sample.VILLAGES[0], place_id="kehrig", exposed=False)
    spec = water_spec(replace(sample.situation(), villages=(plateau,)), sample.river_lines(), AGS)
    assert layer(spec, "villages")["data"] == []
    shown = {row["pick"][1] for row in layer(SPEC, "gauges")["data"]}
    assert "26900400" not in shown
    assert "27140205" not in shown


def test_state_is_shape_and_colour_and_the_tip_says_it_in_words():
    rows = {row["pick"][1]: row for row in layer(SPEC, "villages")["data"]}
    assert rows["virneburg"]["icon"] == "village-alarm"
    assert rows["virneburg"]["color"] == "var(--alarm)"
    assert "Alarm" in rows["virneburg"]["tip"]
    assert "Kein Pegel oberhalb" in rows["weibern"]["tip"]
    assert rows["weibern"]["color"] == "var(--unbekannt)"


def test_the_tip_of_a_place_where_nothing_is_expected_tells_no_time_that_ran_out():
    warned = next(village for village in SITUATION.villages if village.place_id == "virneburg")
    result = replace(warned.result, state=State.OK, usable_p10_min=0.0)
    calm = replace(warned, state=State.OK, result=result)
    spec = water_spec(replace(SITUATION, villages=(calm,)), sample.river_lines(), AGS)
    [row] = layer(spec, "villages")["data"]
    assert "nutzbar" not in row["tip"]
    assert "keine Zeit mehr" not in row["tip"]


def test_every_icon_that_is_used_is_in_the_atlas():
    used = {row["icon"] for each in SPEC["deck"]["layers"] for row in each["data"] if "icon" in row}
    assert used <= set(MAPPING)
    drawing = ElementTree.fromstring(unquote(ATLAS.split(",", 1)[1]))  # noqa: S314 - our own text
    assert drawing.attrib["width"] == str(64 * len(MAPPING))
    assert {f"village-{state.value}" for state in State} <= set(MAPPING)


def test_rivers_with_a_warning_are_thicker_and_coloured():
    rows = layer(SPEC, "rivers")["data"]
    assert {row["color"] for row in rows} >= {"var(--alarm)", "var(--map-water)"}
    widths = {row["color"]: row["width"] for row in rows}
    assert widths["var(--alarm)"] > widths["var(--map-water)"]


def test_the_most_urgent_names_are_placed_first():
    labels = sorted(SPEC["labels"], key=lambda label: label["priority"])
    assert labels[0]["text"].startswith("Virneburg")
    assert {label["kind"] for label in labels if label["level"] == 0} == {"strong", "river"}


def names_in_order(minutes):
    """Names of places as they are placed, with usable minutes by place id."""
    found = [
        replace(
            village,
            state=State.VORALARM if village.place_id == "plaidt" else State.ALARM,
            result=replace(RESULT, usable_p10_min=minutes[village.place_id]),
        )
        for village in SITUATION.villages
        if village.place_id in minutes
    ]
    spec = water_spec(replace(SITUATION, villages=tuple(found), gauges=()), (), AGS)
    labels = sorted(spec["labels"], key=lambda label: label["priority"])
    return [label["text"].split(" ·")[0] for label in labels]


def test_warned_places_with_the_fewest_minutes_come_first_whatever_their_level():
    assert names_in_order({"plaidt": 5.0, "mayen": 200.0}) == ["Plaidt", "Mayen"]
    assert names_in_order({"plaidt": None, "mayen": 200.0}) == ["Mayen", "Plaidt"]


def test_minutes_that_count_down_do_not_change_the_order_of_names():
    before = names_in_order({"plaidt": 29.0, "mayen": 3.0, "virneburg": 12.0})
    assert before == names_in_order({"plaidt": 2.0, "mayen": 28.0, "virneburg": 0.0})


def test_a_place_without_time_is_told_so_in_short():
    labels = [label["text"] for label in SPEC["labels"] if label["kind"] == "strong"]
    assert any(text.endswith("Min.") for text in labels)
    assert not any("keine Zeit" in text for text in labels)


def test_shapes_come_from_an_address_and_are_joined_by_key():
    assert set(SPEC["joins"]) == {"neighbours", "outline", "land"}
    assert SPEC["joins"]["land"]["url"] == "/api/v1/boundaries.geojson"
    assert set(SPEC["joins"]["land"]["rows"]) == set(AGS)
    assert len(json.dumps(SPEC)) < 60_000


def test_no_figure_is_a_class_of_its_own_not_the_lowest():
    steps, tokens = (1.0, 2.0), ("--a", "--b", "--c")
    assert class_token(None, steps, tokens) == ""
    assert class_token(0.0, steps, tokens) == "--a"
    assert class_token(1.0, steps, tokens) == "--b"
    assert class_token(9.0, steps, tokens) == "--c"


def test_a_choropleth_colours_by_class_and_names_the_large_first():
    areas = [
        Area(AGS[0], "Klein", "--pos-1", "Klein", 500),
        Area(AGS[1], "Groß", "", "Groß", 20000),
    ]
    spec = choropleth_spec(areas, sample_region.boundaries().features)
    rows = spec["joins"]["land"]["rows"]
    assert rows[AGS[0]]["fill"] == "var(--pos-1)"
    assert rows[AGS[1]]["fill"] == "var(--none)"
    first = min(spec["labels"], key=lambda label: label["priority"])
    assert (first["text"], first["level"]) == ("Groß", 0)
    west, south, east, north = spec["bounds"]
    assert west < 6.98 < east
    assert south < 50.22 < north


def test_a_region_without_boundaries_still_has_a_map():
    spec = choropleth_spec([Area("1", "Ort", "", "Ort", None)], [])
    assert spec["labels"] == []


def test_the_bundle_is_the_one_in_the_installed_package():
    assert bundle_file().name == "index.js"
    assert bundle_url().startswith("/lib/deck.")


def test_a_map_is_named_and_its_buttons_too():
    view = map_view("test", "Karte der Orte")
    assert getattr(view, "aria-label") == "Karte der Orte"
    labels = [getattr(button, "aria-label") for button in trees.of_type(view, "Button")]
    assert labels == ["Karte vergrößern", "Karte verkleinern", "Ganzen Ausschnitt zeigen"]
