"""The page on learning: what is open, who decides, what changed; nothing counts by itself."""

import importlib

import pytest

from tests.support import trees


def page(name="learning"):
    return importlib.import_module(f"pages.water.{name}")


def shown():
    lead, proposals, speeds, changes, reviewed = page().show_learning(None, None)
    return {
        "lead": trees.text(lead),
        "proposals": trees.text(proposals),
        "speeds": trees.text(speeds),
        "changes": trees.text(changes),
        "reviewed": trees.text(reviewed),
    }


def test_proposals_say_way_event_time_speed_and_flow(app, found):
    words = shown()["proposals"]

    for part in (
        "Pegel Nitz bis Pegel Virneburg",
        "14. Juli 2021",
        "Scheitel",
        "1 Std. 37 Min.",
        "1,20 m/s",
    ):
        assert part in words.replace("\N{NO-BREAK SPACE}", " "), part
    assert "unplausibel" in words
    assert "2,8-facher Voralarm-Abfluss" in words


def test_the_demonstration_says_that_all_is_simulated(app, found):
    assert "simulierten Wellen" in shown()["lead"]
    found.learning.is_demo = False
    assert "simulierten Wellen" not in shown()["lead"]


def test_speeds_and_versions_are_shown_with_their_intervals(app, found):
    words = shown()

    assert "Nette" in words["speeds"]
    assert "im Bett" in words["speeds"]
    assert "angenommen von A. Muster" in words["changes"]
    assert "0 → 1" in words["changes"]
    assert "Noch keine" in words["reviewed"]


def test_a_decision_is_kept_and_the_proposal_is_gone(app, found):
    words, decided = page("_learning_review").decide("lag-peak", "accept", "A. Muster", "klar")

    assert "angenommen" in trees.text(words)
    assert decided
    assert [lag.lag_id for lag in found.learning.pending()] == ["lag-rise", "lag-odd"]
    assert "A. Muster" in shown()["reviewed"]


def test_without_a_name_nothing_is_decided(app, found):
    words, _ = page("_learning_review").decide("lag-peak", "reject", "", None)

    assert "Namen der prüfenden Person" in trees.text(words)
    assert len(found.learning.pending()) == 3


def test_in_real_operation_there_are_no_buttons_and_a_decision_is_refused(app, found):
    found.learning.is_demo = False
    tree = page().show_learning(None, None)[1]

    assert trees.of_type(tree, "Button") == []
    assert "cockpit learn --accept" in trees.text(tree)
    assert "lag-peak" in trees.text(tree)
    words, _ = page("_learning_review").decide("lag-peak", "accept", "A. Muster", "")
    assert "cockpit learn" in trees.text(words)
    assert len(found.learning.pending()) == 3


def test_a_store_that_is_gone_is_said_in_its_sentence(app, found):
    found.learning.is_down = True

    assert "Datenbank" in shown()["lead"]


@pytest.mark.parametrize("action", ["accept", "reject"])
def test_each_proposal_has_a_named_button_for_either_decision(app, found, action):
    tree = page().show_learning(None, None)[1]
    named = [button for button in trees.of_type(tree, "Button") if button.id["action"] == action]

    assert len(named) == 3
    assert all(":" in getattr(button, "aria-label") for button in named)


def test_the_water_page_leads_to_learning(app, found):
    assert "/gewaesser/lernen" in trees.links(page("index").layout())
