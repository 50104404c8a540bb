"""The page on learning: what is open, who decides, what changed; nothing counts by itself."""

import importlib
from dataclasses import replace

import pytest
from dash import no_update

from pages.water._learning_visit import Visit
from services import container
from services.people.identity import acting
from services.people.model import PUBLIC
from tests.support import fakes, trees
from tests.support.trees import components


@pytest.fixture(autouse=True)
def planner(as_planner):
    """Most of this page is for who may decide; the others are asked for by name."""
    return as_planner


def page(name="learning"):
    return importlib.import_module(f"pages.water.{name}")


def shown(visit=None):
    data = visit and visit.as_data()
    lead, proposals, speeds, changes, reviewed, _ = page().show_learning(None, data, "")
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
    container.install(replace(found, site=fakes.site(is_demo=False)))
    assert "simulierten Wellen" not in shown()["lead"]


def test_speeds_and_versions_are_shown_with_their_intervals(app, found):
    words = shown()

    assert "Nette" in words["speeds"]
    assert "im Bett" in words["speeds"]
    assert "angenommen von A. Muster" in words["changes"]
    assert "0 → 1" in words["changes"]
    assert "Noch keine" in words["reviewed"]


def click(action, comment="", lag="lag-peak", place="open", visit=None):
    clicked = {"lag": lag, "action": action, "place": place}
    return page("_learning_decision").decide(clicked, visit or Visit(), comment)


def rows_of(tree, lag_id):
    return [
        row
        for row in trees.of_type(tree, "Tr")
        if any(f"'lag': '{lag_id}'" in each for each in trees.ids(row))
    ]


def test_a_decision_is_kept_and_no_longer_waits(app, found):
    words, kept, comment = click("accept", comment="klar")

    assert "angenommen" in words
    assert comment == "", "the next decision must not carry the comment of this one"
    assert [lag.lag_id for lag in found.learning.pending()] == ["lag-rise", "lag-odd"]
    assert "2 Laufzeiten warten" in shown(kept)["lead"]
    assert "Dienst planner" in shown(kept)["reviewed"]


def test_a_decided_row_stays_in_its_place_with_its_new_state_and_the_way_back(app, found):
    _, kept, _ = click("accept")
    tree = page().show_learning(None, kept.as_data(), "")[1]
    [row] = rows_of(tree, "lag-peak")

    assert "angenommen von Dienst planner" in trees.text(row)
    assert "Zählt ab sofort" in trees.text(row)
    assert [button.children for button in trees.of_type(row, "Button")] == ["Doch ablehnen"]


def test_on_the_next_visit_a_decided_row_is_among_the_reviewed_ones_only(app, found):
    click("accept")
    _, proposals, _, _, reviewed, _ = page().show_learning(None, None, "")

    assert rows_of(proposals, "lag-peak") == []
    assert len(rows_of(reviewed, "lag-peak")) == 1


def test_a_decision_can_be_changed_from_the_list_of_the_reviewed(app, found):
    click("accept")
    words, kept, _ = click("reject", place="reviewed")

    assert "abgelehnt" in words
    assert kept.ids == ()
    assert [lag.status for lag in found.learning.reviewed()] == ["abgelehnt"]
    assert "Doch annehmen" in shown(kept)["reviewed"]


def test_no_id_occurs_twice_when_a_row_stands_in_both_lists(app, found):
    _, kept, _ = click("accept")
    named = trees.ids(list(page().show_learning(None, kept.as_data(), "")[:5]))

    assert len(named) == len(set(named))


def test_while_nothing_changed_nothing_is_replaced(app, found):
    *_, fingerprint = page().show_learning(None, None, "")
    assert set(page().show_learning("next cycle", None, fingerprint)) == {no_update}

    _, kept, _ = click("reject")
    assert page().show_learning(None, kept.as_data(), fingerprint)[-1] != fingerprint


def refused_click():
    """Click after the session has ended."""
    with acting(PUBLIC):
        return click("reject", comment=None)


def test_without_a_session_nothing_is_decided_and_the_row_says_so(app, found):
    words, visit, comment = refused_click()
    tree = page().show_learning(None, visit.as_data(), "")[1]
    [row] = rows_of(tree, "lag-peak")

    assert "Anmeldung nötig" in words
    assert comment is no_update
    assert "Anmeldung nötig" in trees.text(row)
    assert trees.text(tree).count("Anmeldung nötig") == 1
    assert len(found.learning.pending()) == 3


def test_a_decision_ends_the_refusal(app, found):
    _, refused, _ = refused_click()
    assert "Anmeldung nötig" in shown(refused)["proposals"]

    _, visit, _ = click("reject", visit=refused)
    assert "Anmeldung nötig" not in shown(visit)["proposals"]


def test_versions_are_named_by_their_time_and_the_hash_is_a_detail(app, found):
    version = found.learning.version()
    words = shown()

    assert "Stand vom 14.07.2021 16:30 Uhr" in words["speeds"]
    assert "17.05.2024 (Scheitel): angenommen" in words["changes"]
    assert "mitgelieferte Annahmen und Laufzeiten der Region" in words["changes"]
    for part in ("speeds", "changes"):
        assert f"Kennung dieses Standes: {version}" in words[part]
        assert "Version" not in words[part]


def test_a_version_that_is_not_stored_is_not_given_a_time(app, found):
    name = page("_learning_versions").version_name("abc", found.learning.changes())
    assert name == "noch nicht gespeicherter Stand"


def test_who_may_not_decide_sees_all_of_it_without_buttons(app, found):
    with acting(PUBLIC):
        _, proposals, *_ = page().show_learning(None, None, "")
        layout = page().layout()

    assert trees.of_type(proposals, "Button") == []
    assert "offen" in trees.text(proposals)
    assert "/anmelden?weiter=%2Fgewaesser%2Flernen" in trees.links(layout)
    hidden = [part for part in components(layout) if getattr(part, "hidden", False)]
    assert "water-learning-comment" in trees.ids(hidden)
    assert "Wird als Dienst planner festgehalten." in trees.text(page().layout())


def test_a_store_that_is_gone_is_said_in_its_sentence(app, found):
    found.learning.is_down = True

    assert "Datenbank" in shown()["lead"]


@pytest.mark.parametrize("action", ["accept", "reject"])
def test_each_proposal_has_a_named_button_for_either_decision(app, found, action):
    tree = page().show_learning(None, None, "")[1]
    named = [button for button in trees.of_type(tree, "Button") if button.id["action"] == action]

    assert len(named) == 3
    assert all(":" in getattr(button, "aria-label") for button in named)


def test_the_water_page_leads_to_learning(app, found):
    assert "/gewaesser/lernen" in trees.links(page("index").layout())
