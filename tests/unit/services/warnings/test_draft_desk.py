"""Chains of drafts on both databases: references, expiry, who may, two people at once."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from defusedxml.ElementTree import fromstring

from data import audit
from services.people.errors import NotAllowedError
from services.people.identity import acting
from services.people.model import Role
from services.warnings.cap import NAMESPACE
from services.warnings.cap_rules import faults
from services.warnings.draft_desk import WarningDesk
from services.warnings.errors import DraftRefusedError, DraftTakenError, UnknownDraftError
from tests.support.fakes import site
from tests.support.sample_alarms import StandingClock
from tests.support.sample_people import identity_of
from tests.support.sample_warnings import NOW, draft_text

CRISIS = identity_of(Role.CRISIS)


@dataclass
class Office:
    sessions: object
    region: object

    def __post_init__(self):
        self.clock = StandingClock(NOW)
        self.desk = self.made(is_demo=False)

    def made(self, **changes):
        return WarningDesk(
            self.sessions, self.region, self.clock, site(**changes), wall=self.clock.now
        )

    def after(self, **time):
        self.clock.instant += timedelta(**time)


@pytest.fixture
def office(sessions, region):
    with acting(CRISIS):
        yield Office(sessions, region)


def told(office, identifier):
    xml = next(row.xml for row in office.desk.drafts() if row.identifier == identifier)
    assert faults(xml.encode()) == ()
    root = fromstring(xml)
    return {name: root.findtext(f"{{{NAMESPACE}}}{name}") for name in (
        "identifier", "msgType", "status", "references", "sent", "scope"
    )}  # fmt: skip


def named(found):
    return f"regionalcockpit.myk,{found['identifier']},{found['sent']}"


def test_a_chain_refers_to_all_that_came_before(office):
    first = office.desk.save(draft_text())
    office.after(minutes=30)
    second = office.desk.update(first, draft_text(headline="Hochwasser in Mayen steigt weiter"))
    office.after(minutes=30)
    third = office.desk.cancel(second, office.desk.all_clear(second))
    messages = [told(office, each) for each in (first, second, third)]
    assert [row["msgType"] for row in messages] == ["Alert", "Update", "Cancel"]
    assert {row["status"] for row in messages} == {"Draft"}
    assert messages[0]["references"] is None
    assert messages[1]["references"] == named(messages[0])
    assert messages[2]["references"] == f"{named(messages[0])} {named(messages[1])}"
    assert len({row["identifier"] for row in messages}) == 3


def test_what_has_expired_is_referred_to_no_more(office):
    first = office.desk.save(draft_text(hours=1.0))
    office.after(minutes=40)
    second = office.desk.update(first, draft_text(hours=2.0))
    office.after(minutes=40)
    third = office.desk.update(second, draft_text())
    assert told(office, third)["references"] == named(told(office, second))
    office.after(hours=4)
    with pytest.raises(DraftRefusedError, match="abgelaufen"):
        office.desk.update(third, draft_text())


def test_two_messages_of_one_second_are_apart(office):
    first = office.desk.save(draft_text())
    second = office.desk.update(first, draft_text())
    assert told(office, second)["sent"] > told(office, first)["sent"]


def test_the_same_draft_is_kept_again_only_when_the_first_holds_no_more(office):
    first = office.desk.save(draft_text())
    with pytest.raises(DraftRefusedError, match=f"schon gesichert .*{CRISIS.actor}"):
        office.desk.save(draft_text())
    office.desk.save(draft_text(headline="Hochwasser in Monreal"))
    office.desk.cancel(first, office.desk.all_clear(first))
    assert office.desk.save(draft_text())


def test_the_same_update_prolongs_a_warning_but_not_within_a_minute(office):
    first = office.desk.save(draft_text())
    second = office.desk.update(first, draft_text())
    with pytest.raises(DraftRefusedError, match="eben gesichert"):
        office.desk.update(second, draft_text())
    office.after(minutes=2)
    assert office.desk.update(second, draft_text())


def test_who_continues_what_somebody_has_continued_is_told(office):
    first = office.desk.save(draft_text())
    office.desk.update(first, draft_text())
    with pytest.raises(DraftRefusedError, match="eben gesichert"):
        office.desk.update(first, draft_text())
    with pytest.raises(DraftTakenError):
        office.desk.update(first, draft_text(headline="Hochwasser in Monreal"))
    with pytest.raises(UnknownDraftError):
        office.desk.update("myk.gibt-es-nicht", draft_text())


def test_after_the_all_clear_nothing_is_continued(office):
    first = office.desk.save(draft_text())
    last = office.desk.cancel(first, office.desk.all_clear(first))
    with pytest.raises(DraftRefusedError, match="aufgehoben"):
        office.desk.update(last, draft_text())
    assert not any(row.is_open for row in office.desk.drafts())


def test_an_all_clear_is_never_taken_for_a_warning_and_covers_all_areas(office):
    first = office.desk.save(draft_text())
    with pytest.raises(DraftRefusedError, match="kein Text einer Entwarnung"):
        office.desk.cancel(first, draft_text())
    clear = office.desk.all_clear(first)
    with pytest.raises(DraftRefusedError, match="Entwarnung sichern"):
        office.desk.update(first, clear)
    last = office.desk.cancel(first, replace(clear, areas=()))
    [view] = [row for row in office.desk.drafts() if row.identifier == last]
    assert view.text.areas == draft_text().areas


def test_a_drill_is_an_exercise_and_says_so_in_its_headline(office):
    office.desk = office.made(is_demo=True)
    first = office.desk.save(draft_text())
    assert told(office, first)["status"] == "Exercise"
    assert "ÜBUNG. Gefahr durch Hochwasser" in office.desk.drafts()[0].xml


def test_a_draft_of_one_replay_is_not_continued_in_the_next(office):
    office.clock.began_at = NOW
    first = office.desk.save(draft_text())
    assert told(office, first)["status"] == "Exercise"
    office.clock.began_at = NOW + timedelta(hours=1)
    with pytest.raises(UnknownDraftError):
        office.desk.update(first, draft_text())
    assert not office.desk.drafts()[0].is_open


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"headline": "kurz"}, "Überschrift: 4 Zeichen; möglich sind 10 bis 160"),
        ({"headline": "x" * 161}, "161 Zeichen"),
        ({"description": "x" * 1501}, "Beschreibung: 1501"),
        ({"instruction": " " * 50}, "Handlungsempfehlung: 0"),
        ({"areas": ()}, "mindestens einen Ort"),
        ({"hours": 0.0}, "höchstens 24 Stunden"),
        ({"hours": float("nan")}, "höchstens 24 Stunden"),
        ({"hours": 25.0}, "höchstens 24 Stunden"),
        ({"severity": "schlimm"}, "Schwere"),
        ({"response": "Panik"}, "ungültig: responseType"),
        ({"onset_at": NOW + timedelta(hours=9)}, "expires liegt vor onset"),
    ],
)
def test_what_is_impossible_is_refused_in_words(office, changes, words):
    with pytest.raises(DraftRefusedError, match=words):
        office.desk.save(draft_text(**changes))
    assert office.desk.drafts() == ()


def test_only_who_operates_drafts_and_all_is_in_the_log(office):
    with acting(identity_of(Role.PLANNER)), pytest.raises(NotAllowedError):
        office.desk.save(draft_text())
    first = office.desk.save(draft_text())
    with office.sessions() as session:
        [entry] = audit.newest(session, 5)
    assert (entry.action, entry.target, entry.actor) == ("warning-alert", first, CRISIS.actor)


def test_a_preview_is_valid_and_keeps_nothing(office):
    assert faults(office.desk.preview(draft_text()).encode()) == ()
    assert office.desk.drafts() == ()
