"""Services by hand: the same methods as the real ones over sample views."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from services import container
from services.drawings import Drawings
from services.errors import (
    RunRefusedError,
    StoreUnavailableError,
    UnknownGaugeError,
    UnknownPlaceError,
    UnknownRunError,
)
from services.health.model import Check, Freshness, GaugeAge, SourceHealth, SpoolHealth
from services.settlement_model import BoundarySet, MunicipalityView, StopSupplyView
from services.site import SiteInfo
from services.situation.along import Along, along_of_gauge, along_of_place
from services.situation.model import (
    GaugeDetail,
    Point,
    RunView,
    Situation,
    VillageDetail,
    WhatIfRequest,
)
from services.situation.rivers import RiverLine, RiverWalk
from services.situation.service import STALE_MARK
from tests.support import (
    sample_along,
    sample_context,
    sample_gauge_events,
    sample_impacts,
    sample_objects,
    sample_region,
    sample_wall,
    sample_water,
)
from tests.support.sample_alarms import FakeAlarms, FakeDesk, FakeDuties
from tests.support.sample_catalogue import FakeCatalogue
from tests.support.sample_devices import FakeCommissioning, FakeDevices, FakeMaintenance
from tests.support.sample_drills import FakeDrills
from tests.support.sample_journal import fake_journal
from tests.support.sample_learning import FakeLearning
from tests.support.sample_night import fake_night
from tests.support.sample_notifications import FakeNotifications, FakeRecipients
from tests.support.sample_people import FakeAccounts, FakeAudit, FakeSignIn
from tests.support.sample_plan import fake_plan
from tests.support.sample_quality import FakeChecks, FakeQuality
from tests.support.sample_sources import FakeSources
from tests.support.sample_subscriptions import FakeSubscriptions
from tests.support.sample_thresholds import FakeThresholdDesk, FakeThresholds
from tests.support.sample_uploads import FakeUploads
from tests.support.sample_verification import FakeVerification
from tests.support.sample_warnings import FakeComposer, FakeWarningDesk


@dataclass
class FakeClock:
    owner: "FakeSituation"

    def view(self):
        return self.owner.situation().clock


@dataclass
class FakeSituation:
    name: str = "flood"
    is_down: bool = False
    version_text: str = "run-1"

    @property
    def clock(self) -> FakeClock:
        return FakeClock(self)

    def situation(self) -> Situation:
        if self.is_down:
            raise StoreUnavailableError
        return sample_water.situation(self.name)

    def version(self) -> str:
        if self.is_down:
            raise StoreUnavailableError
        return f"{self.version_text}{STALE_MARK if self.situation().is_stale else ''}"

    def gauge(self, gauge_id: str, window_h: int = 48) -> GaugeDetail:
        found = next((g for g in self.situation().gauges if g.gauge_id == gauge_id), None)
        if found is None:
            raise UnknownGaugeError(gauge_id)
        return sample_water.gauge_detail(found, window_h)

    def village(self, place_id: str) -> VillageDetail:
        found = self.situation()
        if not any(v.place_id == place_id for v in found.villages):
            raise UnknownPlaceError(place_id)
        return sample_water.village_detail(place_id, found)

    def along_gauge(self, gauge_id: str) -> tuple[Along, ...]:
        view = next(view for view in self.situation().gauges if view.gauge_id == gauge_id)
        return along_of_gauge(sample_along.rivers(), view, self.situation())

    def along_place(self, place_id: str) -> tuple[Along, ...]:
        own = [view for view in self.situation().villages if view.place_id == place_id]
        return along_of_place(sample_along.rivers(), own, self.situation())

    def walk(self, river_id: str) -> RiverWalk:
        if river_id not in sample_water.RIVERS:
            raise UnknownGaugeError(river_id)
        return sample_water.walk(river_id, self.situation())

    def walk_rivers(self) -> tuple[tuple[str, str], ...]:
        return tuple(list(sample_water.RIVERS.items())[:5])

    def river_lines(self) -> tuple[RiverLine, ...]:
        return sample_water.river_lines()

    def gauge_csv(self, gauge_id: str, window_h: int) -> str:
        detail = self.gauge(gauge_id, window_h)
        return f"gauge_id,value\n{detail.gauge.gauge_id},{detail.gauge.value}\n"

    def history(
        self, gauge_id: str, start: datetime, end: datetime, points: int
    ) -> tuple[Point, ...]:
        hours = max(1, int((end - start).total_seconds() // 3600))
        found = self.gauge(gauge_id, hours).points
        every = max(1, len(found) // points)
        return found[::every]


@dataclass
class FakeRuns:
    """Runs in memory; `steps` are reported when one is executed."""

    found: dict[str, RunView] = field(default_factory=dict)
    is_busy: bool = False
    on_step: Callable[[], None] = lambda: None

    def start_what_if(self, request: WhatIfRequest | None, requested_by: str) -> str:
        assert requested_by
        if self.is_busy:
            raise RunRefusedError
        run_id = f"run-{len(self.found) + 100}"
        parameters = (
            {}
            if request is None
            else {
                "gauge_id": request.gauge_id,
                "rise_per_h": request.rise_per_h,
                "hours": request.hours,
            }
        )
        self.found[run_id] = sample_run(run_id, "wartet", parameters)
        return run_id

    def execute(self, run_id: str, report: Callable[[float, str], None]) -> None:
        for share, step in ((0.1, "Messwerte lesen"), (0.6, "Wellen rechnen"), (1.0, "fertig")):
            report(share, step)
            self.on_step()
        self.found[run_id] = sample_run(run_id, "fertig", self.get(run_id).parameters)

    def cancel(self, run_id: str) -> None:
        self.found[run_id] = replace(self.get(run_id), status="abgebrochen")

    def get(self, run_id: str) -> RunView:
        if run_id not in self.found:
            raise UnknownRunError(run_id)
        return self.found[run_id]

    def recent(self, limit: int = 5) -> tuple[RunView, ...]:
        newest = list(self.found.values())[::-1][:limit]
        return tuple(replace(run, villages=(), baseline=()) for run in newest)


@dataclass
class FakeHealth:
    """Says that all is well, or what is wrong."""

    fault: str = ""
    is_down: bool = False
    is_stale: bool = False
    spool: SpoolHealth = field(default_factory=lambda: SpoolHealth(2, 500, 1000, 3.5, 0))

    def checks(self) -> tuple[Check, ...]:
        return (Check("datenbank", not self.fault, self.fault),)

    def waiting(self) -> SpoolHealth:
        return self.spool

    def freshness(self) -> Freshness:
        if self.is_down:
            raise StoreUnavailableError
        return Freshness(
            run_id="run-1",
            run_age_s=400.0 if self.is_stale else 4.0,
            is_stale=self.is_stale,
            gauges=(GaugeAge("iot-nitz", 120.0), GaugeAge("iot-bermel", None)),
            sources=(SourceHealth("ingest", sample_water.NOW, None, "geheim"),),
            spool=self.spool,
            rejected_last_day={"bad_json": 3},
        )


@dataclass
class FakeApi:
    public_url: str = "http://127.0.0.1:8050"
    per_minute: int = 600
    example_gauge: str = "iot-nitz"


@dataclass
class FakeSettlement:
    is_empty: bool = False

    def municipalities(self) -> tuple[MunicipalityView, ...]:
        return () if self.is_empty else sample_region.municipalities()

    def boundaries(self) -> BoundarySet:
        return sample_region.boundaries()

    def totals(self) -> MunicipalityView:
        return sample_region.totals()


@dataclass
class FakeMobility:
    is_empty: bool = False

    @property
    def attribution(self) -> str:
        return sample_region.STOPS_ATTRIBUTION

    def stops(self) -> tuple[StopSupplyView, ...]:
        return () if self.is_empty else sample_region.stops()


def sample_run(run_id: str, status: str, parameters) -> RunView:
    found = sample_water.situation("flood")
    is_done = status == "fertig"
    calm = sample_water.situation("calm")
    return RunView(
        run_id=run_id,
        kind="was-waere-wenn",
        status=status,
        progress=1.0 if is_done else 0.4,
        message="Fertig" if is_done else "Wellenlauf wird gerechnet",
        as_of=sample_water.NOW,
        started_at=sample_water.NOW,
        finished_at=sample_water.NOW + timedelta(seconds=4) if is_done else None,
        parameters=parameters,
        villages=found.villages if is_done else (),
        baseline=calm.villages if is_done else (),
    )


def site(**changes: object) -> SiteInfo:
    made = SiteInfo(
        title="Regionalcockpit MYK",
        region_name="Landkreis Mayen-Koblenz",
        operator="Betreiber nicht eingetragen",
        imprint="",
        privacy="",
        official_name="Hochwasservorhersagezentrale Rheinland-Pfalz",
        official_url="https://www.hochwasser.rlp.de",
        build="0.1.0+test",
        is_demo=True,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def install(name: str = "flood") -> container.Services:
    """Install fakes into the slot and return them."""
    situation, alarms = FakeSituation(name), FakeAlarms()
    notes, sources = sample_wall.FakeNotes(), FakeSources()
    plan, journal = fake_plan(), fake_journal()
    made = container.Services(
        situation=situation,  # type: ignore[arg-type]
        runs=FakeRuns(
            {
                "run-done": sample_run(
                    "run-done", "fertig", {"gauge_id": "iot-nitz", "rise_per_h": 0.3, "hours": 3.0}
                ),
                "run-now": sample_run("run-now", "läuft", {}),
            }
        ),  # type: ignore[arg-type]
        learning=FakeLearning(),  # type: ignore[arg-type]
        verification=FakeVerification(),  # type: ignore[arg-type]
        settlement=FakeSettlement(),  # type: ignore[arg-type]
        mobility=FakeMobility(),  # type: ignore[arg-type]
        health=FakeHealth(),  # type: ignore[arg-type]
        sources=sources,  # type: ignore[arg-type]
        site=site(),
        catalogue=FakeCatalogue(),  # type: ignore[arg-type]
        quality=FakeQuality(),  # type: ignore[arg-type]
        checks=FakeChecks(),  # type: ignore[arg-type]
        devices=FakeDevices(),  # type: ignore[arg-type]
        maintenance=FakeMaintenance(),  # type: ignore[arg-type]
        commissioning=FakeCommissioning(),  # type: ignore[arg-type]
        api=FakeApi(),  # type: ignore[arg-type]  # tests of the API read a real store
        uploads=FakeUploads(),  # type: ignore[arg-type]
        impacts=sample_impacts.service(),
        impact_desk=sample_impacts.FakeImpactDesk(),  # type: ignore[arg-type]
        objects=sample_objects.service(),
        gauge_context=sample_context.FakeGaugeContext(),  # type: ignore[arg-type]
        gauge_events=sample_gauge_events.FakeGaugeEvents(),  # type: ignore[arg-type]
        sign_in=FakeSignIn(),  # type: ignore[arg-type]
        accounts=FakeAccounts(),  # type: ignore[arg-type]
        audit=FakeAudit(),  # type: ignore[arg-type]
        alarms=alarms,  # type: ignore[arg-type]
        notes=notes,  # type: ignore[arg-type]
        drawings=Drawings(),
        wall=sample_wall.wall(situation, alarms, notes, sources, plan.reading, journal.reading),
        desk=FakeDesk(),  # type: ignore[arg-type]
        duties=FakeDuties(),  # type: ignore[arg-type]
        thresholds=FakeThresholds(),  # type: ignore[arg-type]
        threshold_desk=FakeThresholdDesk(),  # type: ignore[arg-type]
        composer=FakeComposer(),  # type: ignore[arg-type]
        warning_desk=FakeWarningDesk(),  # type: ignore[arg-type]
        journal=journal,
        alarm_plan=plan,
        drills=FakeDrills(),  # type: ignore[arg-type]
        notifications=FakeNotifications(),  # type: ignore[arg-type]
        recipients=FakeRecipients(),  # type: ignore[arg-type]
        subscriptions=FakeSubscriptions(),  # type: ignore[arg-type]
        night=fake_night(),
    )
    container.install(made)
    return made


@contextmanager
def installed(name: str = "flood") -> Iterator[container.Services]:
    """Fill the slot with fakes for a while, then put back what was there."""
    before = list(container._slot)
    yield install(name)
    container._slot[:] = before
