"""The page where impacts are kept: what it offers, what it fills in, what stays when refused."""

import importlib

from dash import no_update

from services.people.identity import acting
from services.people.model import PUBLIC, Role
from tests.support import sample_impacts, trees
from tests.support.sample_people import identity_of

PLANNER = identity_of(Role.PLANNER)
SAID = (
    "virneburg:nitzbach", "leisure", "Campingplatz steht im Wasser", "gauge:iot-nitz", "1,80",
    "14.07.2021", "Gemeinde Virneburg", "Einsatzbericht 2021", "",
)  # fmt: skip


def page():
    return importlib.import_module("pages.water.impact_upkeep")


def test_it_offers_entries_places_levels_and_gauges_and_shows_what_was_done(app):
    with acting(PLANNER):
        lead, entries, chosen, places, bases, history, seen = page().show_list(None, None)
    assert "6 Einträge" in trees.text(lead)
    assert chosen == entries[0]["value"]
    assert len(entries) == 1 + len(sample_impacts.ROWS)
    assert places[1]["label"] == "Plaidt · Nette"
    labels = [base["label"] for base in bases]
    assert labels[1:4] == ["Voralarm am Ort", "Warnung am Ort", "Alarm am Ort"]
    assert labels[-1] == "Wasserstand am Pegel Nitz"
    words = trees.text(history)
    for part in ("herausgenommen", "geändert", "neu vermessen", "1,90 m am Pegel Nitz", "Dienst"):
        assert part in words
    assert seen["nitz-wiese"] == 3


def test_a_chosen_entry_fills_the_fields_and_a_new_one_empties_them(app):
    with acting(PLANNER):
        filled = page().fill("nitz-wiese")
        levelled = page().fill("plaidt-schule")
        empty = page().fill("__neu__")
    assert filled == (
        "virneburg:nitzbach", "leisure", "Wirkung nitz-wiese", "gauge:iot-nitz", "1,20", "",
        "Stadt Mayen", "Bericht", "",
    )  # fmt: skip
    assert levelled[3:6] == ("level:alarm", "", "14.07.2021")
    assert empty == ("__keine__", "__keine__", "", "__keine__", "", "", "", "", "")


def test_an_entry_is_saved_with_the_version_that_was_seen(app, found):
    with acting(PLANNER):
        note, done = page().save(1, "nitz-wiese", SAID, {"nitz-wiese": 3}, None)
        new, _ = page().save(1, "__neu__", SAID, {"nitz-wiese": 3}, 1)
    assert "Gespeichert" in trees.text(note)
    assert "Gespeichert" in trees.text(new)
    assert done == 1
    drafts = [(draft.impact_id, based_on) for draft, based_on in found.impact_desk.saved[-2:]]
    assert drafts == [("nitz-wiese", 3), ("", 0)]
    assert found.impact_desk.saved[-1][0].source == "Einsatzbericht 2021"


def test_what_is_refused_is_said_and_nothing_is_drawn_anew(app):
    with acting(PLANNER):
        note, done = page().save(1, "__neu__", ("__keine__", *[None] * 8), None, None)
        assert "was geschieht" in trees.text(note)
        assert done is no_update
        note, *kept = page().remove(1, "__neu__", "weg", None, None)
        assert "oben den Eintrag wählen" in trees.text(note)
        note, *kept = page().remove(1, "nitz-wiese", "", {}, None)
        assert "warum" in trees.text(note)
        assert kept == [no_update] * 2


def test_an_entry_is_taken_off(app, found):
    with acting(PLANNER):
        note, done, why = page().remove(1, "nitz-wiese", "Wiese verkauft", {"nitz-wiese": 3}, None)
    assert "Nicht mehr in der Liste" in trees.text(note)
    assert (done, why) == (1, "")
    assert found.impact_desk.saved[-1] == ("nitz-wiese", 3, "Wiese verkauft")


def test_without_an_account_it_says_so_in_words(app):
    with acting(PUBLIC):
        lead, *kept = page().show_list(None, None)
        assert "Anmeldung" in trees.text(lead)
        assert kept == [no_update] * 6
        note, _ = page().save(1, "__neu__", SAID, None, None)
        assert "Anmeldung" in trees.text(note)


def test_the_public_list_leads_to_it_and_names_source_and_keeper(app):
    body = importlib.import_module("pages.water.impacts").show_impacts("alle", None)[2]
    assert "/gewaesser/wirkungen/pflegen" in str(body)
    assert "Quelle: Bericht" in trees.text(body)
    assert "Stadt Mayen" in trees.text(body)
