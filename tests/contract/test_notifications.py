"""The pages of messages and of recipients over samples."""

import base64
import importlib
from types import SimpleNamespace

import dash
import pytest

from pages.administration import _recipient_ids as ids
from services.notifications.carried import DigestView, MailCounts
from services.notifications.recipient_form import CONFIRMED_LABEL, CONSENT_LABEL, NAME_LABEL
from services.people.identity import acting
from services.people.model import Role
from tests.support import trees
from tests.support.sample_notifications import state
from tests.support.sample_people import identity_of

LIST = "data:text/csv;base64," + base64.b64encode(b"name;groups;channels\r\n").decode()


@pytest.fixture
def messages(app, found):
    return importlib.import_module("pages.operations.deliveries")


@pytest.fixture
def page(app, found):
    return importlib.import_module("pages.administration.recipients")


@pytest.fixture
def admin():
    with acting(identity_of(Role.ADMIN)) as who:
        yield who


@pytest.fixture
def press(page, monkeypatch):
    def pressed(button, chosen="r1", said=("Dienst 1", "", "", "", "", "", "ja"), again=""):
        monkeypatch.setattr(page, "ctx", SimpleNamespace(triggered_id=button))
        return page.press([1], chosen, list(said), (again, LIST, 4))

    return pressed


def test_a_delivery_shows_its_attempts_with_proof_and_possible_repetition(messages, admin, found):
    found.notifications.shown = state(is_drill=False, failed=1)
    headline, lead, body, _mark = messages.show_deliveries(None, "a1", None)
    words = trees.text(body)
    assert headline == "Meldungen kommen nicht sicher an"
    assert "1 Meldung nicht zugestellt" in trees.text(lead)
    assert found.notifications.asked == ["a1"]
    for part in (
        "Dienst 1", "abgelehnt", "SMTP 550: unbekannt", "mögliche Wiederholung", "HTTP 200: sms-7",
        "gelöschter Empfänger", "nicht zugestellt", "95 von 96", "2,5 s", "SMTP 421",
    ):  # fmt: skip
        assert part in words, part


def test_a_drill_shows_its_mailbox_and_that_nobody_is_told(messages, admin):
    headline, lead, body, _mark = messages.show_deliveries(None, "", None)
    assert "niemand wird benachrichtigt" in headline
    assert "keinen Weg nach außen" in trees.text(lead)
    assert "ÜBUNG – Alarm: Hochwasser, Mayen" in trees.text(body)


def test_what_is_unchanged_stays_open_for_whoever_reads_it(messages, admin):
    *_, mark = messages.show_deliveries(None, "", None)
    _headline, _lead, body, again = messages.show_deliveries(1, "", mark)
    assert body is dash.no_update
    assert again == mark


def test_an_alarm_of_the_address_is_taken_only_if_it_can_be_one(messages):
    def chosen(text):
        stores = trees.of_type(messages.layout(alarm=text), "Store")
        return next(store.data for store in stores if store.id == "deliveries-alarm")

    assert chosen("0a-1") == "0a-1"
    assert chosen("<script>") == ""


def test_recipients_are_listed_with_ways_and_remarks(page, admin):
    table, options, groups = page.show_recipients(0)
    words = trees.text(table)
    for part in ("Dienst 1", "E-Mail: dienst1@example.org", "SMS: +49265190001", "pausiert"):
        assert part in words
    assert "nie bestätigt" in words
    assert [item["label"] for item in options] == ["neuer Empfänger", "Dienst 1", "Dienst 2"]
    assert "bereitschaft, leitung" in groups


def test_a_refusal_names_the_labels_of_the_form_and_the_page_knows_no_left(page, admin):
    words = trees.text(page.layout())
    labels = {trees.text(label) for label in trees.of_type(page.layout(), "Label")}
    assert {NAME_LABEL, CONSENT_LABEL, CONFIRMED_LABEL} <= labels
    assert "oben unter „Eintragen und ändern“ gewählt" in words
    assert "links" not in words


def test_the_form_shows_what_is_kept_and_saves_it_under_the_same_id(page, admin, press, found):
    fields = page.fill("r1")
    assert fields[0] == "Dienst 1"
    assert fields[2] == "email:dienst1@example.org, sms:+49265190001"
    saved, _done, _taken, changed, _again, chosen = press(ids.SAVE, "r1", fields)
    assert "Dienst 1 ist gespeichert" in trees.text(saved)
    assert (changed, chosen) == (5, "r1")
    [(what, entered, who)] = found.recipients.done
    assert (what, entered.channels, who) == ("save", fields[2], "r1")


def test_a_new_one_is_chosen_once_saved_and_a_refusal_changes_nothing(page, admin, press):
    *_, chosen = press(ids.SAVE, "__neu__")
    assert chosen == "r9"
    saved, _done, _taken, changed, *_ = press(ids.SAVE, "__neu__", ("",) * 7)
    assert "So lässt sich der Empfänger nicht eintragen." in trees.text(saved)
    assert changed is dash.no_update


@pytest.mark.parametrize(
    ("button", "done"),
    [
        (ids.TEST, ("test", "r1")),
        (ids.CONFIRM, ("confirm", "r1")),
        (ids.PAUSE, ("active", "r1", False)),
        (ids.RESUME, ("active", "r1", True)),
    ],
)
def test_a_button_does_what_it_says_with_the_chosen_one(admin, press, found, button, done):
    press(button)
    assert found.recipients.done == [done]
    found.recipients.done.clear()
    _saved, said, *_ = press(button, "__neu__")
    assert "Bitte einen Empfänger wählen." in trees.text(said)
    assert found.recipients.done == []


def test_deleting_asks_for_the_name_again(admin, press, found):
    _saved, said, *_ = press(ids.REMOVE, again="Dienst 2")
    assert "gelöscht ist nichts" in trees.text(said)
    *_, chosen = press(ids.REMOVE, again="dienst 1")
    assert chosen == "__neu__"
    assert found.recipients.done == [("remove", "r1")]


def test_a_list_is_shown_before_it_is_taken_over(page, admin, press, found):
    table, is_disabled = page.show_preview(LIST, 0)
    assert "1 neu, 1 schon vorhanden, 1 mit Fehler" in trees.text(table)
    assert not is_disabled
    _saved, _done, taken, *_ = press(ids.TAKE)
    assert "1 Empfänger eingetragen" in trees.text(taken)
    words, is_disabled = page.show_preview("data:text/csv;base64,???", 0)
    assert "keine Empfängerliste" in trees.text(words)
    assert is_disabled


def test_an_export_is_a_file_and_only_for_who_administers(page, admin):
    assert page.export(1)["filename"] == "empfaenger.csv"
    with acting(identity_of(Role.CRISIS)):
        assert page.export(1) is dash.no_update


def test_an_alarm_names_the_message_that_carried_it_with_others(messages, admin, found):
    found.notifications.shown = state(is_drill=False)
    found.notifications.digests = {
        7: DigestView(7, ("Alarm: Hochwasser, Mayen", "Warnung: Hochwasser, Trimbs"))
    }
    found.notifications.carried = 7
    _headline, _lead, body, _mark = messages.show_deliveries(None, "", None)
    words = trees.text(body)
    assert "2 Versuche, Sammelmeldung 7" in words
    assert "Sammelmeldung 7: 2 Alarme in einer Meldung" in words
    assert "Warnung: Hochwasser, Trimbs" in words


def test_mails_to_subscribers_are_counted_and_what_was_lost_is_said(messages, admin, found):
    found.notifications.shown = state(is_drill=False)
    _headline, lead, *_ = messages.show_deliveries(None, "", None)
    assert "Abonnenten" not in trees.text(lead)
    found.notifications.mails = MailCounts(delivered=1200, waiting=3, dropped=2, overtaken=4)
    said = trees.text(messages.show_deliveries(None, "", None)[1])
    for part in (
        "1.200 angenommen", "3 warten", "4 von einer neueren überholt",
        "2 verworfen oder verfallen", "der dann geltende Zustand wird nachgeholt",
    ):  # fmt: skip
        assert part in said, part
    found.notifications.mails = MailCounts(delivered=1)
    assert "nachgeholt" not in trees.text(messages.show_deliveries(None, "", None)[1])


def test_an_all_clear_can_be_asked_for_as_an_alarm_can(messages, admin, found):
    stores = trees.of_type(messages.layout(alarm="entwarnung-3"), "Store")
    assert [s.data for s in stores if s.id == "deliveries-alarm"] == ["entwarnung-3"]
    lead = messages.show_deliveries(None, "entwarnung-3", None)[1]
    assert "Nur Meldungen einer Entwarnung." in trees.text(lead)
