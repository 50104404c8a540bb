"""Whoever guesses an id of another clock or region reads nothing there and changes nothing.

Every method of the services that takes such an id is in the table below: a new one without a line
fails. The other half, who may do what at all, is in `test_rights.py`.
"""

import inspect
import itertools
import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from config import Settings
from data import alarms, learning, outbox, recipients, runs, subscriptions
from data.models import Base
from data.subscriptions import SubscriptionRow
from services.alarm_plan.desk import Change
from services.alarm_plan.model import Status
from services.clock import SteppedClock, wall_now
from services.errors import CockpitError
from services.impacts.draft import Draft as Impact
from services.journal.desk import Draft
from services.journal.handover import Handover
from services.journal.model import Kind
from services.notifications.recipient_form import Entered
from services.people.identity import acting
from services.people.model import Role
from services.subscriptions.tokens import fingerprint
from services.thresholds.model import Proposal
from tests.support import sample_notifications
from tests.support.real_store import NOW
from tests.support.sample_alarms import Room, condition
from tests.support.sample_people import identity_of
from tests.support.sample_runs import run_row
from tests.support.sample_thresholds import NEW, TARGET
from tests.support.sample_warnings import draft_text
from tests.unit.data.test_learning import row as lag_row
from tests.unit.services.journal.test_photo import jpeg
from wiring import wire
from wiring_services import make_services

OFFICER = identity_of(Role.ADMIN)
OTHER = identity_of(Role.ADMIN, person_id="id-2", name="Dienst zwei")
CLOCK, REGION = "andere Uhr", "andere Region"
BOTH, REGION_ONLY = (CLOCK, REGION), (REGION,)
DAY = timedelta(days=1)
OBJECT_IDS = frozenset(
    {
        "run_id", "lag_id", "alarm_id", "seen", "note_id", "entry_id", "sha256", "change_id",
        "identifier", "step_id", "stage_id", "recipient_id", "token", "reading_id", "outage_id",
        "impact_id",
    }
)  # fmt: skip
"""Parameters that name something a person or the machine has made. Gauges, places, rivers and data
sets are public; logins and uploads belong to the installation and to the right alone."""
NOT_FOR_PEOPLE = {
    "RunService.fail": "called by the worker with the run it computes",
    "SignIn.find": "tokens are the identity itself: test_sign_in",
    "SignIn.leave": "tokens are the identity itself: test_sign_in",
    "SignIn.remember_browser": "tokens are the identity itself: test_sign_in",
}


ANOTHER = itertools.count(1)
"""Numbers that tell objects of one kind apart: the same one again would be refused."""


@dataclass(frozen=True)
class Other:
    """An installation beside ours over the same store."""

    wired: Any
    services: Any

    def photo(self):
        with acting(OFFICER):
            draft = Draft(Kind.SITUATION, uuid.uuid4().hex, photo=jpeg())
            number = self.services.journal.desk.write(draft)
            return self.services.journal.reading.entry(number).photo

    def entry(self):
        with acting(OFFICER):
            return self.services.journal.desk.write(Draft(Kind.SITUATION, "Wasser steigt"))

    def handover(self):
        report = Handover(
            NOW - DAY + timedelta(seconds=next(ANOTHER)), NOW, "ruhig", "ruhig", (), (), (), (), ""
        )
        with acting(OFFICER):
            return self.services.journal.desk.hand_over(report)

    def alarm(self):
        room = Room(self.wired.sessions, self.wired.region, self.wired.clock)
        subject = f"mayen/{uuid.uuid4().hex}"
        room.keeper.look([condition(subject=subject)], frozenset())
        with acting(OFFICER):
            return next(v for v in room.service.board().alarms if v.subject == subject).alarm_id

    def told_alarm(self):
        """One that a message of its own has told of."""
        found = self.alarm()
        with self.wired.sessions.begin() as session:
            key = uuid.uuid4().hex
            row = sample_notifications.message(message_id=key, message_key=key, alarm_id=found)
            outbox.put(session, self.wired.region.region_id, row)
        with acting(OFFICER):
            assert self.services.notifications.overview(found).messages
        return found

    def lost_alarm(self):
        """One that may be closed."""
        found = self.alarm()
        with self.wired.sessions.begin() as session:
            alarms.change(session, found, ended_at=NOW, standing="clear")
        return found

    def judged(self):
        with acting(OFFICER):
            self.services.desk.record_missed("mayen/nette", NOW - DAY, uuid.uuid4().hex)
            return next(
                view.alarm_id
                for view in self.services.alarms.ledger().alarms
                if view.outcome == "missed"
            )

    def stage(self, river="elzbach"):
        with acting(OFFICER):
            return self.services.alarm_plan.desk.start(river, "voralarm", "Anordnung")

    def step(self):
        stage = self.stage("nette")
        with acting(OFFICER):
            stages = self.services.alarm_plan.reading.board().stages
        return next(item for item in stages if item.stage_id == stage).steps[0].step_id

    def draft(self):
        with acting(OFFICER):
            text = draft_text(onset_at=None, headline=f"Hochwasser {uuid.uuid4().hex}")
            return self.services.warning_desk.save(text)

    def reading(self):
        from data import manual_readings
        from services.alarms import scope

        with self.wired.sessions.begin() as session:
            return manual_readings.add(
                session, self.wired.region.region_id, scope.of(self.wired.clock),
                gauge_id="iot-nitz", read_at=NOW, entered_at=NOW, value=1.2, unit="m",
                way="abgelesen", read_by="x", entered_by="x",
            )  # fmt: skip

    def outage(self):
        subject = next(iter(sorted(self.wired.region.connected)))
        until = f"{NOW + DAY:%d.%m.%Y} 12:00"
        with acting(OFFICER):
            return self.services.night.outages.plan("gauge", subject, until, "Wartung").outage_id

    def impact(self):
        """One that people have entered, with its version."""
        drafted = Impact(
            where="mayen:nette", kind="road", what=uuid.uuid4().hex, basis="level:alarm",
            maintained_by="Stadt", source="Bericht",
        )  # fmt: skip
        with acting(OFFICER):
            self.services.impact_desk.save(drafted)
            held = self.services.impact_desk.board().held[-1]
        return held.row.impact_id, held.version

    def note(self):
        with acting(OFFICER):
            self.services.notes.write("Lagetext", 6, is_public=False)
        with self.wired.sessions() as session:
            return self.services.notes._stored(session)[0].note_id

    def change(self):
        levels = {**NEW, "alarm": NEW["alarm"] + next(ANOTHER) / 1000}
        with acting(OTHER):
            return self.services.threshold_desk.propose(
                Proposal(TARGET, levels, "Stadt Mayen", "Ufer ist tiefer", based_on=0)
            )

    def lag(self):
        name = uuid.uuid4().hex
        at = NOW - len(name) * DAY
        made = lag_row(
            lag_id=name, region_id=self.wired.region.region_id, event=name[:10], upper_at=at,
            origin="simulated",
        )  # fmt: skip
        with self.wired.sessions.begin() as session:
            learning.propose(session, [made])
        return name

    def done_run(self):
        return self.run(runs.DONE)

    def run(self, status=runs.WAITING):
        name = str(uuid.uuid4())
        made = run_row(
            name, NOW, region_id=self.wired.region.region_id, kind=runs.WHAT_IF, status=status,
            started_at=wall_now(),
        )  # fmt: skip
        with self.wired.sessions.begin() as session:
            runs.add(session, made)
        return name

    def recipient(self):
        name = str(uuid.uuid4())
        made = recipients.RecipientRow(
            name, "Bereitschaft", ("bereitschaft",), (), True, "", None, None, NOW  # noqa: FBT003
        )  # fmt: skip
        with self.wired.sessions.begin() as session:
            recipients.add(session, self.wired.region.region_id, [made])
        return name

    def token(self):
        token = uuid.uuid4().hex
        made = SubscriptionRow(
            str(uuid.uuid4()), f"{token}@example.org", "place", "mayen", "warnung", None, NOW, None,
            "",
        )  # fmt: skip
        with self.wired.sessions.begin() as session:
            subscriptions.add(session, self.wired.region.region_id, made)
            subscriptions.add_token(session, fingerprint(token), made.subscription_id, None)
        return token


@dataclass(frozen=True)
class Guess:
    """What is made elsewhere, where elsewhere may be, and what is tried with its id from here."""

    made: Callable[[Other], Any]
    worlds: tuple[str, ...]
    act: Callable[[Any, Any], object]


ENTERED = Entered("Bereitschaft", "bereitschaft", "")
TABLE = {
    "JournalService.entry": Guess(Other.entry, BOTH, lambda s, i: s.journal.reading.entry(i)),
    "JournalService.photo": Guess(Other.photo, BOTH, lambda s, i: s.journal.reading.photo(i)),
    "JournalRoom.handover_pdf": Guess(Other.handover, BOTH, lambda s, i: s.journal.handover_pdf(i)),
    "JournalDesk.correct": Guess(
        Other.entry, BOTH, lambda s, i: s.journal.desk.correct(i, "anders", "weil")
    ),
    "JournalDesk.take_over": Guess(Other.handover, BOTH, lambda s, i: s.journal.desk.take_over(i)),
    "AlarmService.log": Guess(Other.alarm, REGION_ONLY, lambda s, i: s.alarms.log(i)),
    "AlarmService.outcomes": Guess(Other.alarm, REGION_ONLY, lambda s, i: s.alarms.outcomes(i)),
    "AlarmDesk.acknowledge": Guess(Other.alarm, BOTH, lambda s, i: s.desk.acknowledge(i, 1)),
    "AlarmDesk.acknowledge_all": Guess(
        Other.alarm, BOTH, lambda s, i: s.desk.acknowledge_all({i: 1})
    ),
    "AlarmDesk.assign": Guess(Other.alarm, BOTH, lambda s, i: s.desk.assign(i, 1)),
    "AlarmDesk.comment": Guess(Other.alarm, BOTH, lambda s, i: s.desk.comment(i, "Text")),
    "AlarmDesk.close": Guess(
        Other.lost_alarm, BOTH, lambda s, i: s.desk.close(i, 1, "hit", "Notiz")
    ),
    "AlarmDesk.judge": Guess(Other.judged, BOTH, lambda s, i: s.desk.judge(i, "false", "Notiz")),
    "AlarmPlanDesk.change": Guess(
        Other.step, BOTH, lambda s, i: s.alarm_plan.desk.change(i, 1, Change(Status.BEGUN))
    ),
    "AlarmPlanDesk.close": Guess(
        Other.stage, BOTH, lambda s, i: s.alarm_plan.desk.close(i, "Ende")
    ),
    "WarningDesk.all_clear": Guess(Other.draft, BOTH, lambda s, i: s.warning_desk.all_clear(i)),
    "WarningDesk.update": Guess(
        Other.draft, BOTH, lambda s, i: s.warning_desk.update(i, draft_text(onset_at=None))
    ),
    "WarningDesk.cancel": Guess(
        Other.draft,
        BOTH,
        lambda s, i: s.warning_desk.cancel(i, draft_text(onset_at=None, response="AllClear")),
    ),
    "ManualReadings.withdraw": Guess(
        Other.reading, BOTH, lambda s, i: s.night.readings.withdraw(i, "Zahlendreher")
    ),
    "PlannedOutages.put_back": Guess(
        Other.outage, BOTH, lambda s, i: s.night.outages.put_back(i)
    ),
    "ImpactDesk.remove": Guess(
        Other.impact, REGION_ONLY, lambda s, i: s.impact_desk.remove(*i, "weg")
    ),
    "DutyNotes.withdraw": Guess(Other.note, BOTH, lambda s, i: s.notes.withdraw(i)),
    "ThresholdDesk.approve": Guess(
        Other.change, REGION_ONLY, lambda s, i: s.threshold_desk.approve(i)
    ),
    "ThresholdDesk.reject": Guess(
        Other.change, REGION_ONLY, lambda s, i: s.threshold_desk.reject(i, "nein")
    ),
    "ThresholdDesk.withdraw": Guess(
        Other.change, REGION_ONLY, lambda s, i: s.threshold_desk.withdraw(i)
    ),
    "ThresholdDesk.compute_effect": Guess(
        Other.change, REGION_ONLY, lambda s, i: s.threshold_desk.compute_effect(i)
    ),
    "LearningService.decide": Guess(
        Other.lag, REGION_ONLY, lambda s, i: s.learning.decide(i, accept=False, comment="nein")
    ),
    "RunService.get": Guess(Other.run, REGION_ONLY, lambda s, i: s.runs.get(i)),
    "RunService.cancel": Guess(Other.run, REGION_ONLY, lambda s, i: s.runs.cancel(i)),
    "RunService.execute": Guess(
        Other.run, REGION_ONLY, lambda s, i: s.runs.execute(i, lambda *_: None)
    ),
    "LeadTimeService.of_run": Guess(
        Other.done_run, REGION_ONLY, lambda s, i: s.api.lead_times.of_run(i)
    ),
    "Notifications.overview": Guess(
        Other.told_alarm, REGION_ONLY, lambda s, i: s.notifications.overview(i).messages
    ),
    "Recipients.save": Guess(
        Other.recipient, REGION_ONLY, lambda s, i: s.recipients.save(ENTERED, i)
    ),
    "Recipients.set_active": Guess(
        Other.recipient, REGION_ONLY, lambda s, i: s.recipients.set_active(i, is_active=False)
    ),
    "Recipients.confirm": Guess(Other.recipient, REGION_ONLY, lambda s, i: s.recipients.confirm(i)),
    "Recipients.remove": Guess(Other.recipient, REGION_ONLY, lambda s, i: s.recipients.remove(i)),
    "Recipients.test": Guess(Other.recipient, REGION_ONLY, lambda s, i: s.recipients.test(i)),
    "SubscriptionService.view": Guess(
        Other.token, REGION_ONLY, lambda s, i: s.subscriptions.view(i)
    ),
    "SubscriptionService.confirm": Guess(
        Other.token, REGION_ONLY, lambda s, i: s.subscriptions.confirm(i)
    ),
    "SubscriptionService.remove": Guess(
        Other.token, REGION_ONLY, lambda s, i: s.subscriptions.remove(i)
    ),
}  # fmt: skip
CASES = [(name, world) for name, guess in TABLE.items() for world in guess.worlds]


@pytest.fixture(scope="module")
def worlds(tmp_path_factory, sqlite_template):
    """Ours, the same store on another clock, and another region in the same store."""
    folder = tmp_path_factory.mktemp("worlds")
    settings = Settings(state_dir=folder, _env_file=None).private(folder)
    shutil.copyfile(sqlite_template, settings.store_url.removeprefix("sqlite:///"))
    wired = wire(settings)
    ours = replace(wired, clock=SteppedClock(NOW, "2021-07", "Juli 2021", NOW - DAY))
    later = replace(wired, clock=SteppedClock(NOW, "2021-07", "Juli 2021", NOW - 2 * DAY))
    info = wired.region.pack.info.model_copy(update={"id": "andere"})
    region = replace(wired.region, pack=replace(wired.region.pack, info=info))
    cycles = replace(wired.cycles, region=region)
    learns = replace(wired.learning, region=region)
    beside = replace(ours, region=region, cycles=cycles, learning=learns)
    made = {"hier": ours, CLOCK: later, REGION: beside}
    yield {name: Other(one, make_services(one)) for name, one in made.items()}
    wired.engine.dispose()


def everything(sessions):
    with sessions() as session:
        return {
            table.name: sorted(map(repr, session.execute(select(table)).all()))
            for table in Base.metadata.sorted_tables
        }


def tried(guess, services, found):
    """Return what came of it: the kind of refusal, or None where it was done."""
    try:
        return None if guess.act(services, found) else type(None)
    except CockpitError as error:
        return type(error)


@pytest.mark.parametrize(("name", "world"), CASES)
def test_an_id_of_elsewhere_opens_nothing_here(worlds, name, world):
    guess, there, here = TABLE[name], worlds[world], worlds["hier"]
    found = guess.made(there)
    before = everything(here.wired.sessions)
    with acting(OFFICER if name != "JournalDesk.take_over" else OTHER):
        refusal = tried(guess, here.services, found)
        assert refusal is not None
        assert everything(here.wired.sessions) == before
        if not hasattr(refusal, "user_message"):
            return  # nothing found is what a list says
        # where it belongs it is not refused like this: the id was right
        assert tried(guess, there.services, found) is not refusal


def named(service, seen):
    kind = type(service)
    if not is_dataclass(kind) or not kind.__module__.startswith("services.") or kind in seen:
        return
    seen.add(kind)
    for name, function in inspect.getmembers(kind, inspect.isfunction):
        if not name.startswith("_") and OBJECT_IDS & set(inspect.signature(function).parameters):
            yield f"{kind.__name__}.{name}"
    for item in fields(kind):
        yield from named(getattr(service, item.name, None), seen)


def test_every_method_that_takes_such_an_id_is_in_the_table(worlds):
    found = set(named(worlds["hier"].services, set()))
    assert len(found) > 30
    assert found - set(NOT_FOR_PEOPLE) == set(TABLE)
    assert set(NOT_FOR_PEOPLE) <= found
