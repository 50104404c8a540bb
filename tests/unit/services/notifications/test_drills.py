"""Drills reach nobody: the mailbox's code knows neither recipients nor channels."""

import ast
from pathlib import Path

from services.notifications import drills
from services.notifications.announcer import Announcer
from services.people.identity import acting
from services.people.model import Role
from tests.support.sample_notifications import announcement
from tests.support.sample_people import identity_of

FORBIDDEN = ("recipients", "channels", "sender", "outbox", "courier", "lane")


def test_the_mailbox_imports_nothing_that_leads_to_a_person():
    tree = ast.parse(Path(drills.__file__).read_text(encoding="utf-8"))
    named = [
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    assert named
    assert [name for name in named if any(word in name for word in FORBIDDEN)] == []


def test_a_drill_is_kept_where_nobody_gets_it_and_a_real_call_goes_out(office):
    announcer = Announcer(office.drills, office.outbox)
    with office.sessions.begin() as session:
        announcer(session, announcement(is_drill=True, alarm_id="probe"))
        announcer(session, announcement())
    office.work()
    assert len(office.handed) == 1
    with acting(identity_of(Role.CRISIS)):
        found = office.view.overview()
    assert [row.alarm_id for call in found.drills for row in call.rows] == ["probe"]
    assert [message.row.alarm_id for message in found.messages] == ["a1"]


def test_without_an_outbox_even_a_real_call_stays_here(office):
    announcer = Announcer(office.drills)
    with office.sessions.begin() as session:
        announcer(session, announcement())
        announcer(session, announcement())
    office.work()
    assert office.handed == []
    with acting(identity_of(Role.CRISIS)):
        [call] = office.view.overview().drills
    [found] = call.rows
    assert found.body.startswith("ÜBUNG")
