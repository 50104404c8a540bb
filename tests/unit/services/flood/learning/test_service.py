from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import select

from data import learning, observations, things
from data.engine import make_sessions
from data.models import AuditEntry
from data.observations import ObservationRow
from services.clock import SystemClock
from services.errors import ReviewRefusedError, UnknownLagError
from services.flood.flow_classes import FLOOD
from services.flood.learning.service import LearningService
from services.flood.learning.stored import celerity, celerity_content
from services.flood.network import build_network
from services.people.errors import NotAllowedError, NotSignedInError
from services.people.identity import acting
from services.people.model import PUBLIC, Role
from services.region import Region
from tests.support.sample_people import identity_of
from tests.unit.services.flood.learning_waves import BERLIN, creek_pack, wave
from tests.unit.services.flood.scenario import NOW, river

pytestmark = pytest.mark.usefixtures("as_planner")

PACK = creek_pack()
WALL = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Wall:
    """A clock on the wall that moves on with each look."""

    def __init__(self):
        self.now = WALL

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def make(engine):
    """Make a service over a store that holds one wave at both gauges."""
    sessions = make_sessions(engine)
    network = build_network(PACK)
    region = Region(PACK, {}, (), network, frozenset(), BERLIN, PACK)

    def made(origin="live", *, is_demo=False, lag_h=4.0):
        with sessions.begin() as session:
            wanted = [(name, name, "gauge", "stage", "m") for name in network.gauges]
            things.ensure(session, region.region_id, (things.stream(*row) for row in wanted))
            ids = things.ids(session)
            for name, series in (("oben", wave(20.0)), ("unten", wave(20.0 + lag_h))):
                rows = [
                    ObservationRow(ids[f"{name}/stage"], at, at, value, value, 1, "", origin)
                    for at, value in zip(
                        (datetime.fromtimestamp(s, tz=UTC) for s in series.times_s),
                        series.values.tolist(),
                        strict=True,
                    )
                ]
                observations.upsert(session, rows)
        return LearningService(sessions, region, SystemClock(lambda: NOW), is_demo, Wall())

    return made


def current(service):
    with service.sessions() as session:
        return service.current(session)


def test_a_search_proposes_each_kind_once_and_accepts_nothing(make):
    service = make()
    first, second = service.extract(), service.extract()

    assert (first.new, second.new) == (5, 0)
    assert {view.status for view in service.pending()} == {"offen"}
    with service.sessions() as session:
        assert service.lags(session) == ()
    assert [view.cause for view in service.changes()] == [
        "Vorannahme und Laufzeiten des Regionsordners"
    ]


def test_an_accepted_travel_time_moves_the_posterior_and_is_kept_as_a_version(make):
    service = make(lag_h=2.5)
    service.extract()
    before = current(service)
    chosen = service.pending()[0]
    version = service.decide(chosen.lag_id, accept=True, comment="klar")
    after = current(service)

    assert version == after.version != before.version
    assert after.ln_mean[0].max() > before.ln_mean[0].max()
    newest, oldest = service.changes()
    assert (newest.version, newest.parent) == (version, oldest.version)
    assert "angenommen von Dienst planner" in newest.cause
    assert max(change.after.median for change in newest.changes) > 1.4
    assert oldest.changes == ()
    reviewed = service.reviewed()[0]
    assert (reviewed.status, reviewed.reviewer, reviewed.comment) == (
        "angenommen",
        "Dienst planner",
        "klar",
    )


def test_a_rejected_one_changes_nothing_and_stays_rejected_after_a_new_search(make):
    service = make()
    service.extract()
    before = current(service).version
    lag_id = service.pending()[0].lag_id

    assert service.decide(lag_id, accept=False, comment="") == before
    service.extract()
    assert lag_id not in {view.lag_id for view in service.pending()}
    assert len(service.changes()) == 1


def test_a_decision_can_be_taken_back(make):
    service = make()
    service.extract()
    before = current(service).version
    lag_id = service.pending()[0].lag_id
    service.decide(lag_id, accept=True, comment="")

    assert service.decide(lag_id, accept=False, comment="doch Rückstau") == before
    assert len(service.changes()) == 3


def test_every_decision_is_in_the_audit_with_both_versions(make):
    service = make()
    service.extract()
    lag_id = service.pending()[0].lag_id
    version = service.decide(lag_id, accept=True, comment="")

    with service.sessions() as session:
        entry = session.scalars(select(AuditEntry)).one()
    assert (entry.actor, entry.action, entry.target) == ("Dienst planner", "lag-accept", lag_id)
    assert entry.details["after"] == version != entry.details["before"]


def test_the_posterior_is_not_learnt_again_while_nothing_was_reviewed(make):
    service = make()

    assert current(service) is current(service)


@pytest.mark.parametrize("origin", ["simulated", "drill"])
def test_what_is_not_real_never_teaches_real_operation(make, origin):
    service = make(origin)
    service.extract()
    before = current(service).version
    lag_id = service.pending()[0].lag_id

    with pytest.raises(ReviewRefusedError, match="zählen im Echtbetrieb nicht"):
        service.decide(lag_id, accept=True, comment="")
    with service.sessions() as session, session.begin():
        learning.review(session, lag_id, learning.ACCEPTED, "", "past the rule", WALL)
    assert current(service).version == before


def test_in_the_demonstration_simulated_waves_teach_it(make):
    service = make("simulated", is_demo=True)
    service.extract()
    before = current(service).version

    assert service.decide(service.pending()[0].lag_id, accept=True, comment="") != (before)


def test_only_who_may_curate_decides(make):
    service = make()
    service.extract()
    lag_id = service.pending()[0].lag_id

    for who, refusal in ((PUBLIC, NotSignedInError), (identity_of(Role.COUNCIL), NotAllowedError)):
        with acting(who), pytest.raises(refusal):
            service.decide(lag_id, accept=True, comment="")
    assert service.pending()[0].status == "offen"


def test_an_implausible_speed_needs_a_reason(make):
    service = make()
    service.extract()
    with service.sessions() as session, session.begin():
        row = learning.lags(session, "test", learning.PROPOSED)[0]
        learning.propose(session, [replace(row, warning="Geschwindigkeit unplausibel")])

    with pytest.raises(ReviewRefusedError, match="Kommentar"):
        service.decide(row.lag_id, accept=True, comment="")
    service.decide(row.lag_id, accept=True, comment="Wehr geöffnet")
    assert service.reviewed()[0].comment == "Wehr geöffnet"


def test_a_river_that_left_the_region_is_said_and_stops_nothing(make, caplog):
    service = make()
    service.extract()
    service.decide(service.pending()[0].lag_id, accept=True, comment="")
    gone = replace(service.region.pack, rivers=(river("elz"),), gauges=(), thresholds=())
    later = replace(service, region=replace(service.region, pack=gone), _memory={})

    with later.sessions() as session:
        assert later.lags(session) == ()
        assert later.current(session).n_lags == 0
    assert "liegen an keinem Gewässer" in caplog.text


def test_an_unknown_travel_time_is_said_to_be_unknown(make):
    with pytest.raises(UnknownLagError):
        make().decide("gibtsnicht", accept=True, comment="")


def test_a_posterior_comes_back_from_the_store_as_it_was(make):
    service = make()
    found = current(service)
    again = celerity(celerity_content(found))

    assert again.reaches == found.reaches
    assert again.version == found.version
    assert again.ln_mean == pytest.approx(found.ln_mean, abs=1e-6)
    assert np.array_equal(again.n_events, found.n_events)
    assert again.correlation == pytest.approx(found.correlation, abs=1e-6)


def test_speeds_are_told_for_each_reach_and_class(make):
    speeds = make().speeds()

    assert [row.river_name for row in speeds] == ["Nette"]
    assert len(speeds[0].speeds) == FLOOD + 1
    assert speeds[0].speeds[FLOOD].low < 1.4 < speeds[0].speeds[FLOOD].high
