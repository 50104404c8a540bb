"""Recipients: one stored form, remarks, lists in and out, rights, tests, deletion."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import audit
from services.notifications.addresses import mail_address, phone_number
from services.notifications.errors import (
    RecipientRefusedError,
    RecipientTableError,
    UnknownRecipientError,
)
from services.notifications.hygiene import Known, remarks
from services.notifications.recipient_form import Entered
from services.notifications.recipient_table import read_table, write_table
from services.people.errors import NotAllowedError
from services.people.identity import acting
from services.people.model import Role
from tests.support.sample_notifications import CHANNELS, NOW, recipient
from tests.support.sample_people import identity_of

ADMIN, CRISIS = identity_of(Role.ADMIN), identity_of(Role.CRISIS)
KNOWN = Known({"bereitschaft", "leitung"}, CHANNELS.names)


@pytest.fixture
def as_admin():
    with acting(ADMIN):
        yield


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("0171 / 555-1234", "+491715551234"),
        ("+49 (0) 171 5551234", "+491715551234"),
        ("0049 171 5551234", "+491715551234"),
        ("+352 26 12 34", "+352261234"),
        ("112", ""),
        ("abc", ""),
        ("+49171555123456789", ""),
    ],
)
def test_telephone_numbers_have_one_form(text, stored):
    assert phone_number(text) == stored


@given(st.text(max_size=40))
def test_a_stored_number_stays_as_it_is(text):
    found = phone_number(text)
    assert found == "" or phone_number(found) == found


@pytest.mark.parametrize(
    "text", ["a@b", "a b@example.org", "a@@example.org", "a..b@example.org", ""]
)
def test_what_is_no_mail_address_is_refused(text):
    assert mail_address(text) == ""


def test_a_recipient_is_stored_in_the_form_of_each_channel_and_noted(office, as_admin):
    made = office.recipients.save(
        Entered("Dienst 9", "Bereitschaft, leitung", "sms:0171 5551234, email:d9@Example.ORG")
    )
    [view] = [item for item in office.recipients.everyone() if item.row.recipient_id == made]
    assert view.row.channels == (("sms", "+491715551234"), ("email", "d9@example.org"))
    assert view.row.groups == ("bereitschaft", "leitung")
    with office.sessions() as session:
        [entry, *_] = audit.newest(session, 1)
    assert (entry.action, entry.target) == ("recipient-add", made)
    assert "Dienst 9" not in str(entry)


@pytest.mark.parametrize(
    ("entered", "part"),
    [
        (Entered("", "leitung", ""), "Name"),
        (Entered("x", "le itung", ""), "Gruppe"),
        (Entered("x", "leitung", "fax:1"), "fax:1"),
        (Entered("x", "leitung", "sms:abc"), "abc"),
        (Entered("x", "leitung", "email:a@b"), "a@b"),
        (Entered("x", "leitung", "", consent_on="31.02.2026"), "„Zugestimmt am“ ist kein Datum"),
        (Entered("x", "leitung", "", confirmed_on="bald"), "„Adressen bestätigt am“ ist kein"),
        (Entered("x", "leitung", "", active="vielleicht"), "vielleicht"),
    ],
)
def test_a_wrong_entry_is_refused_with_the_reason(office, as_admin, entered, part):
    with pytest.raises(RecipientRefusedError) as refused:
        office.recipients.save(entered)
    assert part in refused.value.user_message


def test_only_who_administers_sees_or_changes_recipients(office):
    with acting(CRISIS):
        for act in (
            office.recipients.everyone,
            office.recipients.groups,
            office.recipients.export,
            lambda: office.recipients.preview(b""),
            lambda: office.recipients.take_over(b""),
            lambda: office.recipients.remove("r1"),
            lambda: office.recipients.test("r1"),
            lambda: office.recipients.confirm("r1"),
            lambda: office.recipients.set_active("r1", is_active=False),
            lambda: office.recipients.save(Entered("x", "leitung", "")),
        ):
            with pytest.raises(NotAllowedError):
                act()


def test_remarks_name_what_hinders_a_message_and_what_is_old():
    rows = [
        recipient(1, channels=(), confirmed_on=None),
        recipient(2, groups=("nie",), channels=(("fax", "1"),), confirmed_on=date(2024, 1, 1)),
        recipient(3, name="Gleich"),
        recipient(4, name="gleich", channels=recipient(3).channels),
        recipient(5),
    ]
    found = remarks(rows, KNOWN, date(2026, 3, 10), {"r5": NOW})
    assert "kein Meldeweg" in found["r1"]
    assert "nie bestätigt" in found["r1"]
    assert "Gruppe „nie“ wird nie gerufen" in found["r2"]
    assert "Meldeweg „fax“ ist nicht eingerichtet" in found["r2"]
    assert any("über ein Jahr her" in text for text in found["r2"])
    assert "Name kommt mehrfach vor" in found["r3"]
    assert any("haben auch andere" in text for text in found["r4"])
    assert found["r5"] == ["zuletzt nicht zugestellt am 10.03.2026"]


def test_a_written_list_is_read_back_as_it_was_and_no_cell_is_a_formula():
    rows = [recipient(1, name="=HYPERLINK()", note="+1"), recipient(2, is_active=False)]
    text = write_table(rows)
    assert ";'+1;" in text
    assert "'=HYPERLINK()" in text
    lines = read_table(text.encode("utf-8-sig"), CHANNELS, [], NOW)
    for line, row in zip(lines, rows, strict=True):
        made = line.recipient
        assert (made.name, made.groups, made.channels) == (row.name, row.groups, row.channels)
        assert (made.is_active, made.note, made.confirmed_on) == (
            row.is_active, row.note, row.confirmed_on,
        )  # fmt: skip


def test_a_list_is_shown_before_it_is_stored_and_changes_nobody(office, as_admin):
    body = (
        b"name;groups;channels\n"
        b"Dienst 1;bereitschaft;email:dienst1@example.org, sms:02651 90001\n"
        b"Neu;leitung;sms:0171 5551234\n"
        b"Falsch;leitung;sms:x\n"
    )
    known, new, wrong = office.recipients.preview(body)
    assert (known.is_known, new.is_known, wrong.recipient) == (True, False, None)
    assert wrong.number == 4
    assert len(office.recipients.everyone()) == 1
    assert office.recipients.take_over(body) == 1
    assert [item.row.name for item in office.recipients.everyone()] == ["Dienst 1", "Neu"]
    assert office.recipients.take_over(body) == 0


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ("X;;", "Gruppe und Meldeweg fehlen."),
        ("X; ,;sms:0171 5551234", "Gruppe fehlt."),
        ("X;leitung;", "Meldeweg fehlt."),
        ("X", "Gruppe und Meldeweg fehlen."),
    ],
)
def test_a_line_that_no_message_would_reach_is_refused_with_the_reason(
    office, as_admin, cells, fault
):
    body = f"name;groups;channels\n{cells}\nNeu;leitung;sms:0171 5551234\n".encode()
    wrong, good = office.recipients.preview(body)
    assert (wrong.number, wrong.recipient, wrong.fault) == (2, None, fault)
    assert good.recipient is not None
    assert office.recipients.take_over(body) == 1


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"a;b\n1;2", b'name;groups;channels\n"x', b"x" * 1_000_001]
)
def test_what_is_no_list_is_refused(office, as_admin, body):
    with pytest.raises(RecipientTableError):
        office.recipients.preview(body)


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reading_of_lists(body):
    with contextlib.suppress(RecipientTableError):
        read_table(b"name;groups;channels\n" + body, CHANNELS, [], NOW)


def test_a_test_goes_the_way_of_an_alarm(office, as_admin):
    assert "Postausgang" in office.recipients.test("r1")
    office.work()
    assert office.handed[0][2].subject == "Probemeldung des Regionalcockpits"


def test_in_a_drill_a_test_ends_in_the_mailbox(office, as_admin):
    office.recipients = type(office.recipients)(
        office.sessions, office.region_id, office.recipients.zone, CHANNELS,
        office.recipients.policy, office.drills, None, lambda: NOW,
    )  # fmt: skip
    assert "Übungspostfach" in office.recipients.test("r1")
    office.work()
    assert office.handed == []
    with acting(CRISIS):
        [call] = office.view.overview().drills
    [found] = call.rows
    assert found.subject.startswith("ÜBUNG")


def test_a_pause_a_confirmation_and_a_person_who_is_gone(office, as_admin):
    office.recipients.set_active("r1", is_active=False)
    office.put()
    office.work()
    assert office.handed == []
    office.recipients.confirm("r1")
    assert office.recipients.everyone()[0].row.confirmed_on == NOW.date()
    office.recipients.remove("r1")
    for act in (office.recipients.remove, office.recipients.test, office.recipients.confirm):
        with pytest.raises(UnknownRecipientError):
            act("r1")
