"""The page that drafts warnings: it always says that nothing is sent; what its buttons ask for."""

import importlib
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from dash import no_update

from pages.operations import _warning_ids as ids
from services.people.identity import acting, current
from services.people.model import Role
from tests.support import trees
from tests.support.sample_people import identity_of
from tests.support.sample_warnings import NOW, draft_view

CHAIN = "myk.20260310T120000.abc"
TYPED = {
    "headline": "Hochwasser in Mayen", "description": "Das Wasser steigt.",
    "instruction": "Bitte das Ufer meiden.", "severity": "Severe", "urgency": "Expected",
    "certainty": "Likely", "hours": "2,5", "basis": {"response": "Prepare", "onset_at": None},
    "places": ["mayen/nette"], "area": "", "corners": "",
}  # fmt: skip


@pytest.fixture
def page(app, found):
    return importlib.import_module("pages.operations.warning")


@pytest.fixture(autouse=True)
def crisis():
    with acting(identity_of(Role.CRISIS)) as who:
        yield who


def act(page, monkeypatch, button, typed=TYPED, chain="__neu__"):
    monkeypatch.setattr(page, "ctx", SimpleNamespace(triggered_id=button))
    return page.act((1, None, None, None), typed, chain, None)


def test_the_page_says_first_that_nothing_is_sent(page):
    words = trees.text(page.layout())
    assert "sendet nichts an die Öffentlichkeit" in words
    assert "MoWaS" in words
    assert "Übung" in words


def test_the_list_says_what_each_draft_is_and_offers_open_ones(page, found):
    found.warning_desk.found = (draft_view(), draft_view(identifier="alt", is_open=False))
    table, options, chosen = page.show_drafts(None)
    words = trees.text(table)
    assert "Übung, gilt" in words
    assert "ersetzt oder vorbei" in words
    assert [item["value"] for item in options] == ["__neu__", CHAIN]
    assert chosen == "__neu__"
    assert page.show_drafts(1, CHAIN)[2] == CHAIN


def test_two_warnings_of_one_title_are_told_apart_by_their_time(page, found):
    later = draft_view(identifier="b", sent_at=NOW + timedelta(minutes=20), msg_type="Update")
    found.warning_desk.found = (later, draft_view())
    _, [_, *labels], _ = page.show_drafts(None)
    assert [item["label"].partition(" (")[2] for item in labels] == [
        "Fortschreibung vom 10.03.2026 13:20\N{NO-BREAK SPACE}Uhr, Dienst crisis)",
        "Warnung vom 10.03.2026 13:00\N{NO-BREAK SPACE}Uhr, Dienst crisis)",
    ]


def test_a_continued_warning_stays_chosen_unless_somebody_else_has_continued_it(page, found):
    own = draft_view(identifier="myk.neu", msg_type="Update", author=current().actor)
    before = draft_view(is_open=False)
    found.warning_desk.found = (own, before)
    assert page.show_drafts(1, CHAIN)[2] == "myk.neu"
    found.warning_desk.found = (replace(own, author="Dienst zwei"), before)
    assert page.show_drafts(1, CHAIN)[2] == "__neu__"
    found.warning_desk.found = (replace(own, msg_type="Cancel", is_open=False), before)
    assert page.show_drafts(1, CHAIN)[2] == "__neu__"


def test_the_list_is_new_after_a_refusal_too(page, monkeypatch):
    said, _, done = act(page, monkeypatch, ids.UPDATE)
    assert "wählen" in trees.text(said)
    assert done == 1


def test_the_situation_fills_the_form(page, monkeypatch):
    monkeypatch.setattr(page, "ctx", SimpleNamespace(triggered_id=ids.SUGGEST))
    said, headline, *_, hours, basis = page.suggest(1, None, ["mayen/nette"], None)
    assert "bitte prüfen" in trees.text(said)
    assert headline == "Gefahr durch Hochwasser: Mayen"
    assert (hours, basis["response"], basis["run_id"]) == ("3", "Prepare", "run-1")
    assert "Ort wählen" in trees.text(page.suggest(1, None, [], None)[0])


def test_the_all_clear_needs_a_chosen_warning(page, monkeypatch):
    monkeypatch.setattr(page, "ctx", SimpleNamespace(triggered_id=ids.CLEAR))
    assert page.suggest(None, 1, [], "__neu__") == (None, *(no_update,) * 8)
    assert page.suggest(None, 1, [], CHAIN)[1].startswith("Entwarnung")


@pytest.mark.parametrize("button", [ids.UPDATE, ids.CLEAR, ids.CANCEL])
def test_that_a_warning_must_be_chosen_is_said_beside_the_button(page, monkeypatch, button):
    form = page.layout().children[5]
    assert {button, ids.SAID} <= {*trees.ids(form)}
    said, shown, _ = act(page, monkeypatch, button)
    assert "Bitte unter „Frühere Warnung“ wählen" in trees.text(said)
    assert shown is None


def test_the_words_of_the_all_clear_are_announced_beside_its_button(page, monkeypatch):
    said, _, done = act(page, monkeypatch, ids.CLEAR, chain=CHAIN)
    assert "bitte prüfen, dann „Entwarnung sichern“" in trees.text(said)
    assert "Dagegen" not in trees.text(said)
    assert done is no_update


def test_an_all_clear_against_the_calculation_says_so_and_promises_nothing(
    page, found, monkeypatch
):
    monkeypatch.setattr(page, "ctx", SimpleNamespace(triggered_id=ids.CLEAR))
    calm = page.suggest(None, 1, [], CHAIN)[2]
    assert "weiteren Anstieg" in calm
    found.composer.still = ("Mayen (Alarm)",)
    warned = page.suggest(None, 1, [], CHAIN)[2]
    assert "aufgehoben" in warned
    assert "Anstieg" not in warned
    said, *_ = act(page, monkeypatch, ids.CLEAR, chain=CHAIN)
    assert "Dagegen spricht die Berechnung: Mayen (Alarm)." in trees.text(said)


def test_what_was_typed_is_kept_as_a_draft(page, found, monkeypatch):
    said, _, done = act(page, monkeypatch, ids.SAVE)
    assert "Gesendet ist nichts" in trees.text(said)
    assert done == 1
    [(kind, text)] = found.warning_desk.asked
    assert (kind, text.hours, text.areas[0].name) == ("save", 2.5, "Mayen")


@pytest.mark.parametrize(("button", "kind"), [(ids.UPDATE, "update"), (ids.CANCEL, "cancel")])
def test_a_chosen_warning_is_continued_or_ended(page, found, monkeypatch, button, kind):
    assert "wählen" in trees.text(act(page, monkeypatch, button)[0])
    act(page, monkeypatch, button, chain=CHAIN)
    assert found.warning_desk.asked[0][:2] == (kind, CHAIN)


def test_an_area_is_added_and_a_wrong_number_refused(page, found, monkeypatch):
    act(page, monkeypatch, ids.PREVIEW, {**TYPED, "area": "Aue", "corners": "50.1,7.1"})
    assert [area.name for area in found.warning_desk.asked[0][1].areas] == ["Mayen", "Aue"]
    said, *_ = act(page, monkeypatch, ids.SAVE, {**TYPED, "hours": "lange"})
    assert "braucht eine Zahl" in trees.text(said)


def test_a_message_is_handed_out_as_a_file(page, monkeypatch):
    pressed = ids.fetch_id(CHAIN)
    assert "." not in pressed["draft"]
    monkeypatch.setattr(page, "ctx", SimpleNamespace(triggered_id=pressed))
    found = page.fetch([1])
    assert (found["filename"], found["type"]) == (f"{CHAIN}.cap.xml", "application/cap+xml")
