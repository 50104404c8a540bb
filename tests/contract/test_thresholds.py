"""The page of the thresholds: what is shown to whom, what the buttons ask for."""

import importlib
from types import SimpleNamespace

import pytest

from pages.administration import _thresholds_ids as ids
from services.people.identity import acting
from services.people.model import Role
from services.thresholds.errors import ThresholdWaitsError
from tests.support import trees
from tests.support.sample_people import identity_of
from tests.support.sample_thresholds import NEW, change


@pytest.fixture
def page(app, found):
    return importlib.import_module("pages.administration.thresholds")


@pytest.fixture
def crisis():
    with acting(identity_of(Role.CRISIS)) as who:
        yield who


TYPED = {"voralarm": "0,95", "warnung": "1,05", "alarm": "1.25", "owner": "Stadt", "reason": "Ufer"}


def propose(page, monkeypatch, typed, button=ids.PROPOSE, target="iot-nitz//"):
    monkeypatch.setattr(page, "ctx", SimpleNamespace(triggered_id=button))
    said, stored = page.propose((1, None), target, typed, {"iot-nitz//": 3})
    return trees.text(said), stored


def test_the_effect_of_levels_that_wait_already_is_computed(page, crisis, found, monkeypatch):
    def waits(_asked):
        raise ThresholdWaitsError("c-7", user_message="schon vorgeschlagen")

    monkeypatch.setattr(found.threshold_desk, "propose", waits)
    said, stored = propose(page, monkeypatch, TYPED)
    assert "schon vorgeschlagen" in said
    assert stored == {"change": "c-7", "clicks": 1}


def decide(page, monkeypatch, part, note="weil"):
    pressed = {"component": ids.ACT, "part": part, "change": "c-1"}
    monkeypatch.setattr(page, "ctx", SimpleNamespace(triggered_id=pressed))
    said, *_ = page.decide([1], [None], [None], note, 0)
    return trees.text(said)


def test_the_page_says_what_holds_what_waits_and_what_it_would_have_done(page, crisis):
    headline, lead, pending, current, history, options, seen = page.show()
    assert headline == "Alle Schwellenwerte wie ausgeliefert, ein Vorschlag wartet"
    words = trees.text([lead, pending, current, history])
    for part in (
        "Es gilt: Startwerte",
        "Warnung 1,13 m → 1,05 m",
        "2 Ereignisse mehr wären gewarnt worden, 1 davon ohne Überschwemmung",
        "Juli 2021 (simuliert)",
        "Freigeben",
        "Schätzung, nicht bestätigt",
        "Noch wurde keine Schwelle geändert.",
    ):
        assert part in words, part
    assert [item["value"] for item in options] == [
        "__keine__",
        "iot-nitz//",
        "iot-nitz/mayen/nette",
    ]
    assert seen == {"iot-nitz//": 0, "iot-nitz/mayen/nette": 0}


def test_who_proposed_is_offered_to_withdraw_and_not_to_approve(page, found, crisis):
    found.thresholds.pending = (change(proposer_id=crisis.person_id, effect=None),)
    words = trees.text(page.show()[2])
    assert "Zurückziehen" in words
    assert "Freigeben" not in words
    assert "noch nicht berechnet" in words


def test_what_was_typed_is_proposed_on_the_version_that_was_seen(page, found, crisis, monkeypatch):
    said, stored = propose(page, monkeypatch, TYPED)
    assert said.startswith("Vorgeschlagen")
    assert stored["change"] == "c-2"
    [asked] = found.threshold_desk.asked
    assert (asked.levels, asked.based_on, asked.valid_from) == (NEW, 3, None)


def test_the_start_values_are_proposed_without_levels(page, found, crisis, monkeypatch):
    propose(page, monkeypatch, {**TYPED, "warnung": "Unsinn"}, ids.RESTORE)
    assert found.threshold_desk.asked[0].levels == {}


@pytest.mark.parametrize(
    ("typed", "target", "words"),
    [
        ({**TYPED, "warnung": "hoch"}, "iot-nitz//", "Warnung: „hoch“ ist keine Zahl"),
        ({**TYPED, "from": "morgen"}, "iot-nitz//", "TT.MM.JJJJ"),
        (TYPED, "__keine__", "erst einen Pegel wählen"),
        (TYPED, "geraten//", "erst einen Pegel wählen"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(page, crisis, monkeypatch, typed, target, words):
    assert words in propose(page, monkeypatch, typed, target=target)[0]


@pytest.mark.parametrize(
    ("part", "words"),
    [("approve", "Fassung 7"), ("reject", "abgelehnt"), ("withdraw", "zurückgezogen")],
)
def test_a_button_decides_with_the_reason(page, found, crisis, monkeypatch, part, words):
    assert words in decide(page, monkeypatch, part)
    assert found.threshold_desk.asked == [(part, "c-1", "weil")]


def test_a_refusal_is_shown(page, monkeypatch):
    with acting(identity_of(Role.PLANNER)):
        assert "darf das nicht" in decide(page, monkeypatch, "approve")


def test_the_effect_is_computed_after_a_proposal_and_on_demand(page, crisis, monkeypatch):
    monkeypatch.setattr(page, "ctx", SimpleNamespace(triggered_id=ids.PROPOSED))
    assert page.ask_effect({"change": "c-2"}, []) == {"change": "c-2"}
    pressed = {"component": ids.ACT, "part": "effect", "change": "c-1"}
    monkeypatch.setattr(page, "ctx", SimpleNamespace(triggered_id=pressed))
    assert page.ask_effect(None, [2]) == {"change": "c-1", "clicks": 2}


def test_the_job_hands_a_failure_back_in_words(app, found):
    job = importlib.import_module("pages.administration._thresholds_job")
    assert job.compute({"change": "c-1"}) == {"change": "c-1"}
    found.threshold_desk.is_missing = True
    assert "gibt es nicht" in job.compute({"change": "c-1"})["fault"]
