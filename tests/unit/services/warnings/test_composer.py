"""What the situation suggests: texts within their bounds, values of CAP, typed areas."""

from datetime import timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.flood.model import State
from services.people.identity import acting
from services.people.model import Role
from services.warnings import texts
from services.warnings.composer import WarningComposer
from services.warnings.errors import DraftRefusedError
from tests.support.sample_people import identity_of
from tests.unit.services.warnings.test_cap import NOW, every, warning

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def composer(region):
    later = NOW + timedelta(hours=3)
    mayen = warning(
        place_id="mayen", river_id="nette", name="Mayen", state=State.WARNUNG, earliest=later,
        likely=NOW + timedelta(hours=5, minutes=10),
    )  # fmt: skip
    found = (warning(), mayen)
    with acting(identity_of(Role.CRISIS)):
        yield WarningComposer(region, SimpleNamespace(warnings=lambda: every(*found)))


def test_the_gravest_level_and_the_earliest_place_speak_for_all(composer):
    text = composer.suggest(["virneburg/nitzbach", "mayen/nette"])
    assert (text.severity, text.urgency, text.certainty) == ("Severe", "Expected", "Likely")
    assert text.headline.startswith("Gefahr durch Hochwasser: Virneburg")
    assert "14.07. 18:12 Uhr" in text.description
    assert dict(text.areas[0].codes)["ARS"].startswith("07137")
    assert len(text.areas) == 2


def test_a_place_without_danger_gets_no_invented_text(composer):
    text = composer.suggest(["plaidt/nette"])
    assert (text.severity, text.urgency) == ("Unknown", "Unknown")
    assert "keine Gefahr" in text.description


def test_a_draft_holds_beyond_what_it_announces(composer):
    assert composer.suggest(["virneburg/nitzbach"]).hours == texts.HOURS
    assert composer.suggest(["mayen/nette"]).hours == 7.0


def test_nothing_chosen_and_unknown_places_are_refused(composer):
    for chosen in ([], ["gibt/es-nicht"]):
        with pytest.raises(DraftRefusedError):
            composer.suggest(chosen)


@given(st.lists(st.text("abcdefghij", min_size=1, max_size=40), min_size=1, max_size=60))
def test_a_headline_keeps_its_bound(names):
    words = texts.headline(State.ALARM, names)
    assert texts.LEAST_LETTERS <= len(words) <= texts.HEADLINE_MAX


@given(st.integers(1, 60))
def test_a_description_keeps_its_bound(number):
    found = [warning(name=f"Ort {index}") for index in range(number)]
    assert len(texts.description(found, BERLIN, NOW)) <= texts.DESCRIPTION_MAX


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Hochwasser zwischen 14.07. 18:12 Uhr und 14.07. 19:22 Uhr erwartet."),
        (
            {"earliest": NOW},
            "Hochwasser kann schon da sein, sonst jederzeit bis 14.07. 19:22 Uhr.",
        ),
        ({"earliest": NOW, "latest": None}, "Hochwasser kann schon da sein."),
        ({"earliest": NOW, "latest": NOW}, "Hochwasser kann schon da sein."),
        (
            {"earliest": NOW, "latest": NOW, "is_reached": True},
            "Hochwasser hat den Ort wohl schon erreicht.",
        ),
    ],
)
def test_an_arrival_that_has_begun_is_never_told_as_expected(changes, words):
    found = warning(**{"latest": NOW + timedelta(minutes=90), **changes})
    assert texts.description([found], BERLIN, NOW).startswith(f"Virneburg (Nitzbach): {words} ")


def test_a_draft_whose_onset_is_past_says_that_the_water_is_probably_there(region):
    past = warning(
        earliest=NOW - timedelta(hours=2), likely=NOW - timedelta(hours=1),
        latest=NOW + timedelta(minutes=30), is_reached=True,
    )  # fmt: skip
    with acting(identity_of(Role.CRISIS)):
        made = WarningComposer(region, SimpleNamespace(warnings=lambda: every(past)))
        text = made.suggest(["virneburg/nitzbach"])
    assert text.onset_at == past.likely
    assert text.urgency == "Immediate"
    assert "wohl schon erreicht" in text.description
    assert "erwartet" not in text.description


def test_instructions_keep_their_bound():
    for words in (*texts.DO.values(), texts.CLEAR_DO):
        assert texts.LEAST_LETTERS <= len(words) <= texts.INSTRUCTION_MAX


def test_a_typed_area_is_closed(composer):
    area = composer.polygon(" Aue ", "50.1, 7.1\n50.2;7.1\n\n50.2,7.2\n")
    assert area.name == "Aue"
    assert area.polygon == ((50.1, 7.1), (50.2, 7.1), (50.2, 7.2), (50.1, 7.1))


@pytest.mark.parametrize(
    ("name", "corners"),
    [
        ("", "50.1,7.1\n50.2,7.1\n50.2,7.2"),
        ("Aue", "50.1,7.1\n50.2,7.1"),
        ("Aue", "50.1,7.1\n50.1,7.1\n50.1,7.1"),
        ("Aue", "50,1,7,1\n50.2,7.1\n50.2,7.2"),
        ("Aue", "150.1,7.1\n50.2,7.1\n50.2,7.2"),
        ("Aue", "hier\nda\ndort"),
        ("Aue", ""),
    ],
)
def test_an_area_that_is_none_is_refused(composer, name, corners):
    with pytest.raises(DraftRefusedError):
        composer.polygon(name, corners)


def test_which_places_of_an_area_are_still_warned_is_told_with_their_state(composer):
    areas = composer.areas(["mayen/nette", "moselkern/elzbach"])
    [still] = composer.still_warned(areas)
    assert still.startswith("Mayen")
    assert still.endswith("(Warnung)")
    assert composer.still_warned(areas[1:]) == ()
    typed = composer.polygon("Gebiet", "50,7\n50,7.1\n50.1,7.1")
    assert composer.still_warned([typed]) == ()
