"""Flags by hand, reprocessing and as-of on a real store, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text

from data import as_of, observations, quality, rollups, things
from data.engine import writing
from data.models import AuditEntry, Latest, Observation, ObservationRevision, QualityFlag
from data.region_pack.quality import PropertyLimits, QualityFile
from data.things import StreamRow, ThingRow
from services.errors import FlagRefusedError, UnknownStreamError
from services.flood.model import Flag
from services.ingestion.flagging import flag_readings, store_flagged
from services.ingestion.model import Reading
from services.ingestion.recent import RecentCache
from services.people.errors import NotAllowedError, NotSignedInError
from services.people.identity import acting
from services.people.model import PUBLIC, Role
from services.quality.manual_periods import BY_TESTS, Periods
from services.quality.overview import QualityOverview
from services.quality.receipt import ReceiptFlagger
from services.quality.rules import make_rules
from services.quality.service import ManualFlag, QualityService
from tests.support.sample_people import identity_of

pytestmark = pytest.mark.usefixtures("as_planner")

T0 = datetime(2026, 3, 1, tzinfo=UTC)
KEY = "station/stage"
STEP = timedelta(minutes=15)
CALM = [1.0 + 0.001 * (index % 5) for index in range(12)]


class Now:
    def __init__(self, at):
        self.at = at

    def now(self):
        return self.at


class Store:
    """A store with one datastream, and what works on it."""

    def __init__(self, sessions, own=None):
        self.sessions = sessions
        self.rules = make_rules([], own)
        self.clock = Now(T0 + timedelta(days=1))
        self.cache = RecentCache()
        with sessions() as session, session.begin():
            writing(session)
            thing = ThingRow("station", "Station", "gauge")
            things.ensure(session, "test", [StreamRow(thing, "stage", "m")])
            self.ids = things.ids(session)
        self.number = self.ids[KEY]

    @property
    def service(self):
        return QualityService(self.sessions, self.rules, self.clock, wall=self.clock.now)

    def put(self, values, start=T0, *, one_by_one=True, notes=()):
        readings = [
            Reading(KEY, start + STEP * i, start + STEP * i, value, value, "live",
                    "Uhr geht vor" if i in notes else "")
            for i, value in enumerate(values)
        ]  # fmt: skip
        parts = [[item] for item in readings] if one_by_one else [readings]
        for part in parts:
            with self.sessions() as session, session.begin():
                writing(session)
                flagger = ReceiptFlagger(self.rules)
                store_flagged(session, flag_readings(session, part, self.ids, flagger, self.cache))

    def rows(self):
        with self.sessions() as session:
            return quality.rows(session, self.number, T0, T0 + timedelta(days=2))

    def flags(self):
        return [row.flag for row in self.rows()]

    def findings(self):
        with self.sessions() as session:
            return [(row.start_at, row.test, row.flag) for row in quality.newest(session, 1000)]

    def reprocess(self, **changes):
        return self.service.reprocess(KEY, T0, T0 + timedelta(days=2), **changes)


@pytest.fixture
def store(sessions):
    return Store(sessions)


@pytest.mark.parametrize("one_by_one", [True, False])
def test_a_spike_is_known_when_the_next_value_comes(store, one_by_one):
    store.put([*CALM, 1.3, 1.0], one_by_one=one_by_one)
    row = store.rows()[12]
    assert row.flag == Flag.SUSPECT
    assert row.flag_reason == "Spitze: steht allein gegen beide Nachbarwerte"
    assert (row.value, row.raw_value) == (1.3, 1.3)
    assert store.findings() == [(T0 + 12 * STEP, "spike", Flag.SUSPECT)]
    assert store.flags()[13] == Flag.GOOD


def test_a_rise_that_stays_is_taken_back_and_the_first_word_is_still_known(store):
    store.put([*CALM, 2.4, 2.6])
    assert store.flags()[12:] == [Flag.GOOD, Flag.GOOD]
    assert store.findings() == []
    at = T0 + 12 * STEP
    with store.sessions() as session:
        before = as_of.known_at(session, store.number, at, at, at)
        after = as_of.known_at(session, store.number, at, at, at + STEP)
    assert [flag for _, _, flag in before] == [Flag.SUSPECT]
    assert [flag for _, _, flag in after] == [Flag.GOOD]


def test_a_flag_by_hand_wins_and_survives_repetition_and_reprocessing(store):
    store.put(CALM)
    wish = ManualFlag(KEY, T0 + 2 * STEP, T0 + 4 * STEP, Flag.FAIL, "Sensor ausgebaut")
    assert store.service.flag(wish).changed == 3
    store.put(CALM, one_by_one=False)
    assert store.reprocess().changed == 0
    row = store.rows()[2]
    assert (row.flag, row.value) == (Flag.FAIL, CALM[2])
    assert row.flag_reason == "von Hand: Sensor ausgebaut (Dienst planner)"
    assert store.flags()[1:6] == [1, 4, 4, 4, 1]
    with store.sessions() as session:
        entries = session.scalars(select(AuditEntry)).all()
        assert [item.action for item in entries] == ["quality-flag", "quality-reprocess"]
        assert entries[0].details["reason"] == "Sensor ausgebaut"
        marked = {
            at
            for number, at in session.execute(
                text("select datastream_id, start_at from rollup_dirty")
            )
            if number == store.number
        }
        assert marked


def test_a_flag_by_hand_holds_for_values_that_come_later(store):
    store.put(CALM[:3])
    wish = ManualFlag(KEY, T0, T0 + timedelta(days=2), Flag.SUSPECT, "Eis")
    store.service.flag(wish)
    store.put(CALM[3:5], start=T0 + 3 * STEP)
    assert store.flags() == [3, 3, 3, 3, 3]
    store.service.flag(replace(wish, end=T0 + STEP, flag=Flag.GOOD, reason="doch gut"))
    store.service.flag(replace(wish, start=T0 + 4 * STEP, flag=BY_TESTS, reason="aufgetaut"))
    assert store.flags() == [1, 1, 3, 3, 1]


def test_the_engine_never_trusts_what_a_person_found_bad(store):
    store.put(CALM[:4])
    wish = ManualFlag(KEY, T0 + STEP, T0 + STEP, Flag.FAIL, "Eis")
    store.service.flag(wish)
    with store.sessions() as session:
        rows = observations.window(session, store.number, T0, T0 + STEP * 4)
        hidden = Periods.read(session, T0, T0 + STEP * 4).hide(store.number, rows)
    assert [flag for _, _, flag in hidden] == [1, Flag.MISSING, 1, 1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": ""}, "Grund"),
        ({"flag": 7}, "Möglich sind"),
        ({"end": T0 - STEP}, "vorwärts"),
        ({"end": T0 + timedelta(days=500)}, "400 Tage"),
    ],
)
def test_an_unusable_wish_is_refused_in_words(store, change, words):
    wish = replace(ManualFlag(KEY, T0, T0, Flag.FAIL, "Eis"), **change)
    with pytest.raises(FlagRefusedError) as refused:
        store.service.flag(wish)
    assert words in refused.value.user_message


def test_an_unknown_datastream_is_refused(store):
    with pytest.raises(UnknownStreamError):
        store.service.flag(ManualFlag("gibt/es_nicht", T0, T0, Flag.FAIL, "Eis"))


def test_only_who_may_curate_flags_and_judges_again(store):
    store.put(CALM[:3])
    before, wish = store.flags(), ManualFlag(KEY, T0, T0, Flag.FAIL, "Eis")
    for who, refusal in ((PUBLIC, NotSignedInError), (identity_of(Role.COUNCIL), NotAllowedError)):
        with acting(who):
            with pytest.raises(refusal):
                store.service.flag(wish)
            with pytest.raises(refusal):
                store.reprocess(dry_run=True)
    assert store.flags() == before


def test_stricter_limits_change_flags_from_then_on_and_twice_changes_nothing(store):
    store.put([*CALM, 1.4, 1.8])
    before = store.flags()
    limits = PropertyLimits(source="test", observed_property="stage", unit="m", suspect_max=1.2)
    store.rules = make_rules([], QualityFile(property=(limits,)))
    dry = store.reprocess(dry_run=True)
    assert (dry.changed, store.flags()) == (2, before)
    assert (dry.after["usual"], dry.before["usual"]) == (2, 0)
    assert store.reprocess().changed == 2
    assert store.flags()[-2:] == [3, 3]
    assert store.reprocess().changed == 0
    with store.sessions() as session:
        old = as_of.known_at(session, store.number, T0, T0 + STEP * 20, T0 + timedelta(hours=20))
    assert [flag for _, _, flag in old] == before
    assert all(row.value == row.raw_value for row in store.rows())


def test_what_only_the_receipt_knew_is_kept(store):
    store.put(CALM[:4], notes=(2,))
    assert store.flags() == [1, 1, 3, 1]
    assert store.reprocess().changed == 0
    store.put(CALM[:4], one_by_one=False)
    assert store.flags() == [1, 1, 1, 1]
    assert store.reprocess().changed == 0


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.sampled_from((0.9, 1.0, 1.1, 1.3, 2.4, 2.6, 9.0, 60.0)), min_size=1, max_size=30)
)
def test_reprocessing_is_idempotent_and_agrees_with_receipt(sqlite_sessions, values):
    with sqlite_sessions() as session, session.begin():
        for table in (QualityFlag, ObservationRevision, Latest, Observation):
            session.execute(delete(table))
    store = Store(sqlite_sessions)
    store.put(values)
    assert store.reprocess().changed == 0
    found = store.findings()
    assert store.reprocess().changed == 0
    assert store.findings() == found
    assert [row.raw_value for row in store.rows()] == values


def test_a_long_period_is_judged_chunk_by_chunk_as_if_it_were_one(store, monkeypatch):
    values = [1.0, 1.1, 1.3, 1.0, 2.4, 2.6, 1.0, 9.0, 1.0, 1.0, 60.0, 1.0]
    store.put(values)
    flags = store.flags()
    monkeypatch.setattr("services.quality.reprocess.CHUNK", 3)
    assert store.reprocess().seen == len(values)
    assert store.flags() == flags


def test_the_page_gets_shares_newest_findings_and_the_series(store):
    store.put([*CALM, 60.0, 1.0])
    overview = QualityOverview(store.sessions, store.rules, store.clock, ZoneInfo("Europe/Berlin"))
    view = overview.view(key=KEY)
    assert view.day == {1: 13, 4: 1}
    [stream] = view.streams
    assert stream.finding is not None
    assert (stream.finding.test, stream.staleness) == ("range", Flag.MISSING)
    assert view.strip is not None
    assert len(view.strip.points) == 14


def test_rollups_follow_a_changed_flag(store):
    store.put(CALM[:2])
    with store.sessions() as session, session.begin():
        rollups.settle(session, [number for number, _ in rollups.claim(writing(session), 100)])
    store.service.flag(ManualFlag(KEY, T0, T0, Flag.FAIL, "Eis"))
    with store.sessions() as session:
        assert rollups.is_waiting(session)
        first = select(Observation.flag).order_by(Observation.phenomenon_time).limit(1)
        assert session.scalar(first) == Flag.FAIL
