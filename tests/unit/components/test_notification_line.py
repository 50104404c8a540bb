"""The line that says whether anybody would be told."""

import pytest

from components.notification_line import faults, notification_line
from tests.support import trees
from tests.support.sample_notifications import MINUTE, NOW, state


def live(**changes):
    return state(is_drill=False, **changes)


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (live(channels=0), "Kein Meldeweg eingerichtet: niemand wird benachrichtigt."),
        (live(reachable=0), "Keine Empfänger eingetragen: niemand wird benachrichtigt."),
        (live(is_sender_silent=True), "Der Versand läuft nicht"),
        (live(failed=3), "3 Meldungen nicht zugestellt."),
        (live(dropped=1), "Postausgang voll: 1 Meldung verworfen."),
        (live(unheard=2), "2 Meldungen ohne Empfänger"),
        (live(is_beat_overdue=True, last_proven_at=NOW - 50 * MINUTE), "überfällig"),
    ],
)
def test_what_hinders_messages_is_a_warning(shown, words):
    line = notification_line(shown)
    assert words in trees.text(line)
    assert "notice--warn" in line.className


def test_when_nothing_hinders_it_says_who_is_reachable_and_when_it_was_proven():
    assert faults(live()) == []
    words = trees.text(notification_line(live())).replace("\xa0", " ")
    assert "3 Empfänger erreichbar." in words
    assert "Meldekette zuletzt vor 6 Min. bewiesen." in words


def test_a_drill_says_that_messages_stay_here_and_lacks_no_recipients():
    words = trees.text(notification_line(state(channels=0, reachable=0)))
    assert "nur in das Übungspostfach" in words
    assert faults(state(channels=0, reachable=0)) == []
