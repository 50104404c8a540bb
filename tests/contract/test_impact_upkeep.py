"""The page where impacts are kept: what it offers, what it fills in, what stays when refused."""

import importlib
from types import SimpleNamespace

import pytest
from dash import no_update

from components.shell import ids as shell
from services.ingestion.quantity import parse_quantity
from services.people.identity import acting
from services.people.model import PUBLIC, Role
from tests.support import sample_impacts, trees
from tests.support.sample_people import identity_of

PLANNER = identity_of(Role.PLANNER)
SAID = (
    "virneburg:nitzbach", "leisure", "Campingplatz steht im Wasser", "gauge:iot-nitz", "1,80",
    "14.07.2021", "Gemeinde Virneburg", "Einsatzbericht 2021", "",
)  # fmt: skip
NEW = {"entry": "__neu__", "version": 0}
MEADOW = {"entry": "nitz-wiese", "version": 3}


def page():
    return importlib.import_module("pages.water.impact_upkeep")


def show(listed=None):
    return page().show_list(None, None, None, listed)


@pytest.fixture(autouse=True)
def asked_by_a_person(app, monkeypatch):
    monkeypatch.setattr(page(), "ctx", SimpleNamespace(triggered_id=None))


def test_it_offers_entries_places_levels_and_gauges_and_shows_what_was_done():
    with acting(PLANNER):
        lead, entries, chosen, places, bases, history, listed = show()
    assert "6 Einträge" in trees.text(lead)
    assert chosen == entries[0]["value"]
    assert len(entries) == 1 + len(sample_impacts.ROWS)
    assert places[1]["label"] == "Plaidt · Nette"
    assert [base["label"] for base in bases[1:]] == [
        "Voralarm am Ort",
        "Warnung am Ort",
        "Alarm am Ort",
        "Wasserstand am Pegel Nitz",
        "Abfluss am Pegel Bermel (nicht angebunden)",
    ]
    words = trees.text(history)
    for part in ("herausgenommen", "geändert", "neu vermessen", "am Pegel Nitz", "Dienst"):
        assert part in words
    for part in ("Gemeinde Virneburg", "Bericht, beobachtet 14. Juli 2021", "Straße"):
        assert part in words
    assert listed == 1


def test_a_new_run_empties_no_field_and_tries_again_what_failed(found, monkeypatch):
    monkeypatch.setattr(page(), "ctx", SimpleNamespace(triggered_id=shell.VERSION))
    with acting(PLANNER):
        assert show(1) == (no_update,) * 7
        found.impact_desk.is_silent = True
        lead, *kept, history, listed = show(0)
        assert "Datenbank" in trees.text(lead)
        assert (kept, history, listed) == ([no_update] * 4, None, 0)
        found.impact_desk.is_silent = False
        assert show(0)[-1] == 1


def test_a_chosen_entry_fills_the_fields_and_a_new_one_empties_them():
    with acting(PLANNER):
        *filled, held, _ = page().fill("nitz-wiese")
        *levelled, _, _ = page().fill("plaidt-schule")
        *empty, new, _ = page().fill("__neu__")
    assert filled == [
        "virneburg:nitzbach", "leisure", "Wirkung nitz-wiese", "gauge:iot-nitz", "1,20", "",
        "Stadt Mayen", "Bericht", "",
    ]  # fmt: skip
    assert (held, new) == (MEADOW, NEW)
    assert levelled[3:6] == ["level:alarm", "", "14.07.2021"]
    assert empty == ["__keine__", "__keine__", "", "__keine__", "", "", "", "", ""]


def test_an_entry_that_cannot_be_read_keeps_the_fields_and_is_not_saved(found):
    found.impact_desk.is_silent = True
    with acting(PLANNER):
        *fields, held, words = page().fill("nitz-wiese")
        assert fields == [no_update] * 9
        assert "Datenbank" in trees.text(words)
        note, done = page().save(1, "nitz-wiese", SAID, held, None)
    assert "noch einmal wählen" in trees.text(note)
    assert done is no_update
    assert found.impact_desk.saved == []


def test_what_stands_in_the_fields_of_another_entry_is_not_saved(found):
    held = {"entry": "plaidt-schule", "version": 0}
    with acting(PLANNER):
        saved = page().save(1, "nitz-wiese", SAID, held, None)[0]
        removed = page().remove(1, "nitz-wiese", "weg", held, None)[0]
    for note in (saved, removed):
        assert "noch einmal wählen" in trees.text(note)
    assert found.impact_desk.saved == []


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.8, "1,80"), (2.0, "2,00"), (1.805, "1,8050"), (1.234567, "1,234567")],
)
def test_a_value_in_the_form_is_read_as_the_same_again(value, text):
    form = importlib.import_module("pages.water._impact_form")
    assert form.value_text(value) == text
    assert parse_quantity(text).value == value


def test_an_entry_is_saved_with_the_version_that_was_seen(found):
    with acting(PLANNER):
        note, done = page().save(1, "nitz-wiese", SAID, MEADOW, None)
        new, _ = page().save(1, "__neu__", SAID, NEW, 1)
    assert "Gespeichert" in trees.text(note)
    assert "Gespeichert" in trees.text(new)
    assert done == 1
    drafts = [(draft.impact_id, based_on) for draft, based_on in found.impact_desk.saved[-2:]]
    assert drafts == [("nitz-wiese", 3), ("", 0)]
    assert found.impact_desk.saved[-1][0].source == "Einsatzbericht 2021"


def test_what_is_refused_is_said_and_nothing_is_drawn_anew():
    with acting(PLANNER):
        note, done = page().save(1, "__neu__", ("__keine__", *[None] * 8), NEW, None)
        assert "was geschieht" in trees.text(note)
        assert done is no_update
        note, *_ = page().remove(1, "__neu__", "weg", NEW, None)
        assert "oben den Eintrag wählen" in trees.text(note)
        note, *kept = page().remove(1, "nitz-wiese", "", MEADOW, None)
        assert "warum" in trees.text(note)
        assert kept == [no_update] * 2


def test_an_entry_is_taken_off(found):
    with acting(PLANNER):
        note, done, why = page().remove(1, "nitz-wiese", "Wiese verkauft", MEADOW, None)
    assert "Nicht mehr in der Liste" in trees.text(note)
    assert (done, why) == (1, "")
    assert found.impact_desk.saved[-1] == ("nitz-wiese", 3, "Wiese verkauft")


def test_without_an_account_it_says_so_in_words():
    with acting(PUBLIC):
        lead, *kept, _, listed = show()
        assert "Anmeldung" in trees.text(lead)
        assert (kept, listed) == ([no_update] * 4, 0)
        note, _ = page().save(1, "__neu__", SAID, NEW, None)
        assert "Anmeldung" in trees.text(note)


def test_the_public_list_leads_to_it_and_names_source_and_keeper():
    body = importlib.import_module("pages.water.impacts").show_impacts("alle", None)[2]
    assert "/gewaesser/wirkungen/pflegen" in str(body)
    assert "Quelle: Bericht" in trees.text(body)
    assert "Stadt Mayen" in trees.text(body)
