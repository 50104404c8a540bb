import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from components import formats
from components.charts.river_walk import describe, river_walk
from components.charts.river_walk_svg import NARROW, WIDE, river_walk_svg
from components.charts.walk_names import walk_name
from services.flood.model import State
from services.situation.rivers import RiverWalk
from tests.support import sample_water as sample
from tests.support import trees

SITUATION = sample.situation()
NETTE = sample.walk("nette", SITUATION)


def test_the_sentence_names_first_and_last_place():
    words = describe(NETTE).replace("\N{NO-BREAK SPACE}", " ")
    assert words.startswith("Nette: Die Welle erreicht Rieden (Riedener Mühlen) zwischen 18:17 und")
    assert "Plaidt zwischen" in words


def test_a_wave_that_has_passed_and_one_without_an_end_are_told_so():
    later = NETTE.now + timedelta(minutes=90)
    points = [replace(p, latest=None) if p.target_id == "plaidt" else p for p in NETTE.points]
    words = describe(replace(NETTE, now=later, points=tuple(points))).replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert words == (
        "Nette: Die Welle hat Rieden (Riedener Mühlen) schon erreicht. Sie erreicht Schloss"
        " Bürresheim / St. Johann zwischen 19:37 und 23:02 Uhr, Plaidt ab Do 01:42 Uhr."
    )


def test_an_arrival_that_has_begun_reads_as_in_the_tables():
    plaidt = next(p for p in NETTE.points if p.target_id == "plaidt")
    begun = replace(
        plaidt, earliest=NETTE.now - timedelta(hours=1), latest=NETTE.now + timedelta(minutes=42)
    )
    for point, words in (
        (begun, f"jederzeit bis {formats.brief(begun.latest, NETTE.now)}"),
        (replace(begun, latest=None), "jederzeit (Ende offen)"),
    ):
        said = describe(replace(NETTE, points=(point,)))
        assert said == f"Nette: Die Welle erreicht Plaidt {words}."


def test_an_arrival_without_an_end_is_drawn_open():
    points = [replace(p, latest=None, likely=None) for p in NETTE.points]
    text = str(river_walk_svg(replace(NETTE, points=tuple(points)), WIDE, "x"))
    assert text.count('class="state-span-soft"') == sum(1 for p in points if p.earliest)


def test_a_calm_river_and_an_empty_one_say_so():
    calm = sample.walk("nette", sample.situation("calm"))
    words = "In den nächsten Stunden ist keine Welle zu erwarten; für 2 von 12 Orten gibt es keine"
    assert words in describe(calm)
    silent = sample.walk("nette", sample.situation("silent"))
    assert describe(silent).startswith("Nette: Für keinen Ort gibt es eine Aussage.")
    empty = RiverWalk("x", "Musterbach", sample.NOW, ())
    assert trees.text(river_walk(empty)) == "Für Musterbach sind keine Orte eingetragen."


def test_a_warning_that_is_kept_without_an_arrival_is_never_called_calm():
    kept = [replace(p, earliest=None, likely=None, latest=None) for p in NETTE.points]
    words = describe(replace(NETTE, points=tuple(kept)))
    assert words == "Nette: Warnungen bestehen, eine Ankunft ist nicht berechnet."


def test_names_never_overlap_in_either_drawing():
    for variant in (WIDE, NARROW):
        text = str(river_walk_svg(NETTE, variant, "x"))
        places = sorted(float(y) for y in re.findall(r'y="([\d.]+)" class="t-end', text))
        assert len(places) == len(NETTE.points)
        steps = [later - earlier for earlier, later in pairwise(places)]
        assert min(steps) >= 14


def test_a_wave_that_is_long_over_is_said_in_words_and_drawn_nowhere():
    later = replace(NETTE, now=NETTE.now + timedelta(hours=30))
    text = str(river_walk_svg(later, NARROW, "x"))
    gone = sum(1 for point in NETTE.points if point.latest)
    assert text.count(">schon erreicht<") + text.count(">vorüber<") == gone
    assert "state-span" not in text
    assert 'class="band' not in text


def test_the_band_does_not_jump_over_a_place_without_a_time_ahead():
    points = tuple(
        replace(p, earliest=None, likely=None, latest=None) if p.target_id == "mayen" else p
        for p in NETTE.points
    )
    whole = str(river_walk_svg(NETTE, WIDE, "x")).count('class="band"')
    parted = str(river_walk_svg(replace(NETTE, points=points), WIDE, "x")).count('class="band"')
    assert parted == whole + 1


@pytest.mark.parametrize(
    ("kind", "label", "name"),
    [
        ("pegel", "Hammesmühle", "Pegel Hammesmühle"),
        ("pegel", "Camping Falkley", "Camping Falkley"),
        ("pegel", "Virneburg (mobil)", "Pegel Virneburg"),
        ("pegel", "Brexbach Drosselbauwerk", "Drosselbauwerk"),
        ("ort", "Andernach-Miesenheim", "Miesenheim"),
        ("ort", "Höhr-Grenzhausen-Grenzau", "Grenzau"),
        ("ort", "Schloss Bürresheim / St. Johann", "St. Johann"),
        ("ort", "Polch-Ruitsch", "Polch-Ruitsch"),
    ],
)
def test_a_name_on_a_phone_keeps_what_tells_places_apart(kind, label, name):
    point = replace(NETTE.points[0], kind=kind, label=label)
    assert walk_name(point, NARROW.name_length) == name


def test_a_place_without_data_is_dashed_and_never_calm():
    text = str(river_walk_svg(NETTE, WIDE, "x"))
    assert 'class="unknown-span"' in text
    silent = [replace(point, state=State.UNBEKANNT, earliest=None) for point in NETTE.points]
    walk = replace(NETTE, points=tuple(silent))
    assert "state--ok" not in str(river_walk_svg(walk, WIDE, "x"))


def test_arrivals_beyond_the_window_stay_inside_the_drawing():
    text = str(river_walk_svg(NETTE, NARROW, "x"))
    for x, width in re.findall(r'<rect x="([\d.]+)"[^>]*width="([\d.]+)"[^>]*state-span', text):
        assert float(x) + float(width) <= 360


def test_the_table_goes_from_source_to_mouth_with_links():
    chart = river_walk(NETTE)
    first, *_, last = trees.links(chart)
    assert first == "/gewaesser/ort/weibern"
    assert last == "/gewaesser/ort/weissenthurm-nettemuendung"
    assert "/gewaesser/pegel/iot-falkley" in trees.links(chart)
