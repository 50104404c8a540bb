"""The duty officer's words: they end, they are replaced, only who may sees them."""

from datetime import timedelta

import pytest

from data import audit
from services.duty_note.errors import NoteRefusedError
from services.duty_note.service import TEXT_MAX, DutyNotes
from services.people.errors import NotAllowedError, NotSignedInError
from services.people.identity import acting
from services.people.model import Role
from tests.support.sample_alarms import NOW, StandingClock
from tests.support.sample_people import identity_of

CRISIS = identity_of(Role.CRISIS)


@pytest.fixture
def notes(sessions, region):
    clock = StandingClock()
    return DutyNotes(sessions, region, clock, wall=clock.now)


def write(notes, text="Nette fällt, Wache bleibt besetzt.", hours=3, *, is_public=False):
    with acting(CRISIS):
        notes.write(text, hours, is_public=is_public)


def test_without_a_note_there_is_none(notes):
    assert notes.current() is None


def test_a_note_has_author_and_end_and_is_over_afterwards(notes):
    write(notes)
    with acting(CRISIS):
        found = notes.current()
        assert found.author == CRISIS.actor
        assert found.valid_until == NOW + timedelta(hours=3)
        assert not found.is_over
        notes.clock.instant += timedelta(hours=3)
        assert notes.current().is_over


def test_a_new_note_replaces_the_old_and_taking_it_back_shows_the_old_again(notes):
    write(notes, "erste")
    write(notes, "zweite")
    with acting(CRISIS):
        second = notes.current()
        assert second.text == "zweite"
        notes.withdraw(second.note_id)
        assert notes.current().text == "erste"
        with pytest.raises(NoteRefusedError, match="schon"):
            notes.withdraw(second.note_id)


def test_the_public_sees_public_notes_only(notes):
    write(notes, "intern")
    assert notes.current() is None
    write(notes, "für alle", is_public=True)
    assert notes.current().text == "für alle"


def test_a_replay_has_notes_of_its_own(notes, sessions, region):
    write(notes)
    drill = DutyNotes(sessions, region, StandingClock(began_at=NOW))
    with acting(CRISIS):
        assert drill.current() is None


def test_the_version_changes_with_a_note_its_end_and_its_withdrawal(notes):
    seen = [notes.version()]
    write(notes)
    seen.append(notes.version())
    notes.clock.instant += timedelta(hours=4)
    seen.append(notes.version())
    with acting(CRISIS):
        notes.withdraw(notes.current().note_id)
    seen.append(notes.version())
    assert len(set(seen)) == 4


@pytest.mark.parametrize(
    ("text", "hours", "says"),
    [("  \n ", 3, "leer"), ("x" * (TEXT_MAX + 1), 3, str(TEXT_MAX)), ("Text", 5, "wie lange")],
)
def test_what_cannot_be_written_is_refused_in_words(notes, text, hours, says):
    with pytest.raises(NoteRefusedError) as refused:
        write(notes, text, hours)
    assert says in refused.value.user_message


def test_writing_needs_the_right_and_is_in_the_audit_log(notes, sessions):
    with pytest.raises(NotSignedInError):
        notes.write("Text", 3, is_public=False)
    with acting(identity_of(Role.PLANNER)), pytest.raises(NotAllowedError):
        notes.write("Text", 3, is_public=False)
    with acting(identity_of(Role.CRISIS, is_wall=True)), pytest.raises(NotAllowedError):
        notes.withdraw(1)
    write(notes)
    with sessions() as session:
        assert audit.newest(session, 1)[0].action == "duty-note"
