"""The page of the administration: accounts, what may be done with them, the log in words."""

import importlib
from dataclasses import replace
from types import SimpleNamespace

import pytest

from pages.administration import _ids as ids
from pages.administration import _tables as tables
from services.people.identity import acting
from services.people.model import PUBLIC, RIGHTS, Right, Role
from tests.support import trees
from tests.support.sample_people import identity_of, view_of


@pytest.fixture
def page(app, found):
    return importlib.import_module("pages.administration.index")


@pytest.fixture
def admin():
    with acting(identity_of(Role.ADMIN)) as who:
        yield who


@pytest.fixture
def press(page, monkeypatch):
    def pressed(button, login="dienst.planner", role="council", again=""):
        monkeypatch.setattr(page, "ctx", SimpleNamespace(triggered_id=button))
        said, *_ = page.change_account(1, None, None, None, None, login, role, again)
        return trees.text(said)

    return pressed


def test_the_page_and_its_entry_in_the_navigation_are_for_who_administers(client):
    def has_entry():
        return "u002fverwaltung" in client.get("/_dash-layout").get_data(as_text=True)

    assert not has_entry()
    for token, expected in (("crisis", False), ("admin", True), ("admin/wall", False)):
        client.set_cookie("cockpit_session", token)
        assert has_entry() == expected, token


def test_accounts_are_listed_with_role_state_and_second_factor(page, admin):
    table, options = page.show_accounts("", "")
    words = trees.text(table)
    for part in (
        "dienst.crisis",
        "Dienst crisis",
        "Krisenstab",
        "fehlt",
    ):
        assert part in words
    assert [item["value"] for item in options] == [
        "__keines__", "dienst.admin", "dienst.council", "dienst.crisis", "dienst.planner",
    ]  # fmt: skip


def test_a_new_account_shows_its_first_password_once_and_empties_the_form(page, admin, found):
    said, changed, login, name = page.add_account(1, "Neu.Login", "Neue Person", "planner")
    assert "erstes-passwort" in trees.text(said)
    assert (changed, login, name) == ("add 1", "", "")
    assert found.accounts.done == [("add", "Neu.Login", "Neue Person", "planner")]


@pytest.mark.parametrize(
    ("button", "done", "words"),
    [
        (ids.ROLE_SET, ("role", "dienst.planner", "council"), "Rolle „Kreistag“"),
        (ids.RESET, ("reset", "dienst.planner"), "neues-passwort"),
        (ids.CLOSE, ("close", "dienst.planner"), "ist geschlossen"),
        (ids.OPEN, ("open", "dienst.planner"), "ist offen"),
    ],
)
def test_an_account_is_changed(press, admin, found, button, done, words):
    assert words in press(button)
    assert found.accounts.done == [done]


def test_deleting_needs_the_login_again(press, admin, found):
    assert "gelöscht ist nichts" in press(ids.REMOVE, again="dienst.crisis")
    assert found.accounts.done == []
    assert "ist gelöscht" in press(ids.REMOVE, again=" Dienst.Planner ")
    assert found.accounts.done == [("remove", "dienst.planner")]


@pytest.mark.parametrize("button", [ids.ROLE_SET, ids.RESET, ids.CLOSE, ids.OPEN, ids.REMOVE])
def test_whoever_asks_without_the_right_changes_nothing(press, page, found, button):
    for who in (PUBLIC, *(identity_of(role) for role in Role if role is not Role.PUBLIC)):
        if Right.ADMINISTER in RIGHTS[who.role]:
            continue
        with acting(who):
            words = press(button, again="dienst.planner")
            assert "Anmeldung nötig" in words or "darf das nicht" in words
            assert "Passwort" not in trees.text(page.add_account(1, "x.y", "X", "admin")[0])
            assert "dienst." not in trees.text(page.show_accounts("", "")[0])
            assert "Kette" not in trees.text(page.verify_log(1))
    assert found.accounts.done == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"login": ""}, "ein Konto wählen"),
        ({"login": "__keines__"}, "ein Konto wählen"),
        ({"login": "gibt-es-nicht"}, "gibt es nicht"),
        ({"role": "kaiser"}, "Rolle gibt es nicht"),
    ],
)
def test_what_a_browser_makes_up_is_refused_in_words(press, admin, found, change, words):
    assert words in press(ids.ROLE_SET, **change)
    assert found.accounts.done == []


def test_the_log_is_in_words_and_narrowed_by_person(page, admin):
    words = trees.text(page.show_log("", "", ""))
    assert "Zeitraum gekennzeichnet" in words
    assert "neue-art" in words, "an unknown action is shown by its key"
    assert "Verb" not in trees.text(page.show_log("planner", "", ""))
    assert "steht nichts im Protokoll" in trees.text(page.show_log("niemand", "", ""))


def test_the_chain_is_judged_in_words(page, admin, found):
    assert "1.234 Einträge, davon 2 älter als die Kette: die Kette ist unversehrt" in trees.text(
        page.verify_log(1)
    )
    found.audit.broken_at = 7
    assert "gebrochen bei Eintrag 7" in trees.text(page.verify_log(1))


def test_states_say_what_counts():
    open_one = view_of(Role.PLANNER)
    assert (tables.state(open_one), tables.factor(open_one)) == ("offen", "keiner")
    assert tables.state(replace(open_one, is_active=False)) == "geschlossen"
    assert "erstes Passwort" in tables.state(replace(open_one, must_change=True))
    assert "Identitätsdienst" in tables.state(replace(open_one, is_external=True))
    assert tables.factor(replace(open_one, has_second_factor=True)) == "eingerichtet"
