"""The pages for the night: what they show, who may enter, what stays where it is refused."""

import importlib

import pytest
from dash import no_update

from api.identity import COOKIE
from services.people.identity import acting
from services.people.model import Role
from tests.support import trees
from tests.support.sample_people import identity_of

CRISIS = identity_of(Role.CRISIS)
SAID = ["iot-nitz", "1,85", "06:40", "gemeldet", "Feuerwehr"]


def module(name):
    return importlib.import_module(f"pages.operations.{name}")


def test_the_form_begins_with_the_gauge_of_the_address_and_a_foreign_one_is_none(app):
    for asked, chosen in (("iot-nitz", "iot-nitz"), ("<script>", "__keine__")):
        fields = trees.of_type(module("reading").layout(pegel=asked), "Select")
        [gauge] = [field for field in fields if field.id == "operations-reading-gauge"]
        assert gauge.value == chosen


def test_readings_show_value_origin_and_age_and_a_withdrawn_one_is_struck(app):
    with acting(CRISIS):
        listed, options, chosen = module("reading").show_readings()
    text = trees.text(listed)
    assert "telefonisch gemeldet von Feuerwehr" in text
    assert "Zahlendreher" in text
    assert [option["label"][:4] for option in options] == ["bitt", "Nitz"]
    assert chosen == "__keine__"


def test_a_reading_is_entered_and_the_fields_are_empty_then(app, found):
    with acting(CRISIS):
        note, done, value, at = module("reading").enter(1, SAID, None)
    assert "Eingetragen" in trees.text(note)
    assert (done, value, at) == (1, "", "")
    assert found.night.readings.entered[-1].way == "gemeldet"


def test_what_was_typed_stays_where_it_is_refused(app):
    with acting(CRISIS):
        note, *kept = module("reading").enter(1, ["iot-nitz", None, "", "", ""], None)
        assert "Wasserstand" in trees.text(note)
        assert kept == [no_update] * 3
        note, *_ = module("reading").withdraw(1, "__keine__", "falsch", None)
        assert "wählen" in trees.text(note)


@pytest.mark.parametrize("role", [Role.PLANNER, Role.COUNCIL])
def test_whoever_may_not_operate_is_refused_in_words(app, role):
    with acting(identity_of(role)):
        note, *_ = module("reading").enter(1, SAID, None)
        assert "darf das nicht" in trees.text(note)
        note, *_ = module("outage").plan(1, "gauge:iot-nitz", "11.03.2026 12:00", "x", None)
        assert "darf das nicht" in trees.text(note)


def test_outages_show_since_until_reason_and_who(app):
    with acting(CRISIS):
        headline, listed, options, _ = module("outage").show_outages()
    assert headline == "1 ist planmäßig außer Betrieb"
    text = trees.text(listed)
    assert "Wartung" in text
    assert "vorzeitig von Leitung" in text
    assert len(options) == 2


def test_an_outage_is_planned_and_ended(app):
    with acting(CRISIS):
        note, done, *_ = module("outage").plan(1, "gauge:iot-nitz", "11.03.2026", "Wartung", 2)
        assert "planmäßig außer Betrieb" in trees.text(note)
        assert done == 3
        note, done = module("outage").put_back(1, "1", None)
        assert done == 1
        note, done = module("outage").put_back(1, "", None)
        assert done is no_update


def test_the_list_shows_its_age_and_both_files_and_the_clock(app):
    with acting(CRISIS):
        headline, body = module("emergency").show_list(None)
    assert headline == "Die Notfallliste liegt bereit"
    links = trees.links(body)
    assert {"/lage/notfallliste/notfallliste.pdf", "/lage/notfallliste/notfallliste.html"} <= set(
        links
    )
    assert "Server der abgerufenen Quellen: kein Unterschied" in trees.text(body)


def test_before_the_first_list_the_page_says_when_there_will_be_one(app, found):
    found.night.lists.is_there = False
    with acting(CRISIS):
        headline, body = module("emergency").show_list(None)
    assert headline == "Noch keine Notfallliste"
    assert "alle 15 Minuten" in trees.text(body)


def test_the_files_are_for_who_may_watch(client):
    for name in ("notfallliste.pdf", "notfallliste.html"):
        path = f"/lage/notfallliste/{name}"
        assert client.get(path).status_code == 401
        client.set_cookie(COOKIE, "crisis")
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        client.delete_cookie(COOKIE)


def test_conditions_of_the_all_clear_are_named_with_their_state(app):
    with acting(CRISIS):
        shown, text, confirmed, reason = module("clear").show_checks("nette", None)
        nothing, *_ = module("clear").show_checks("__keins__", None)
    assert "nicht erfüllt" in trees.text(shown)
    assert "Amtliche Warnungen: nicht bekannt." in trees.text(shown)
    assert "keinen Textvorschlag" in trees.text(shown)
    assert (text, confirmed, reason) == ("", [], "")
    assert "zuerst wählen" in trees.text(nothing)


def test_an_all_clear_against_a_condition_is_marked_in_the_list(app):
    with acting(CRISIS):
        headline, listed = module("clear").show_given(None)
    assert headline.startswith("Entwarnung für Nette gegeben")
    text = trees.text(listed)
    assert "trotz offener Bedingung" in text
    assert "Sichtprüfung" in text
    assert "von neuer Warnung abgelöst" in text


def test_an_all_clear_is_given_or_what_was_typed_stays(app, found):
    give = module("clear").give
    with acting(CRISIS):
        note, *kept = give(1, "nette", "Text", [], "", None)
        assert kept == [no_update]
        note, done = give(1, "nette", "Text", ["begehung"], "Grund", None)
    assert done == 1
    assert found.night.all_clears.given[-1].reason == "Grund"
    with acting(identity_of(Role.COUNCIL)):
        note, *_ = give(1, "nette", "Text", ["begehung"], "", None)
    assert "darf das nicht" in trees.text(note)


def test_the_room_says_that_an_all_clear_was_given(app):
    with acting(CRISIS):
        lead = module("index").show_room()[1]
    assert "Entwarnung für Nette gegeben" in trees.text(lead)
    assert "Dagegen steht: 8 Orte dort jetzt gewarnt" in trees.text(lead)


def test_a_person_who_follows_the_link_without_being_signed_in_comes_to_the_sign_in(client):
    path = "/lage/notfallliste/notfallliste.pdf"
    client.delete_cookie(COOKIE)
    assert client.get(path).status_code == 401
    answer = client.get(path, headers={"Sec-Fetch-Mode": "navigate"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/anmelden?weiter=%2Flage%2Fnotfallliste"
    assert answer.headers["Cache-Control"] == "no-cache"
