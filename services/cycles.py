"""The flood cycle as a use case: read what is known, run the engine, store the run."""

import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy.orm import Session, sessionmaker

from data import observations, operation, runs, things
from data.engine import writing
from services.clock import Clock, wall_now
from services.flood.flood_network import FloodNetwork
from services.flood.lags import LagObservation
from services.flood.model import CycleResult, Series, VillageResult, WhatIf
from services.flood.network import build_network
from services.flood.rain.series import HeardRain
from services.manual_readings.beside import without_doubles
from services.quality.manual_periods import Periods
from services.rain import heard_rain
from services.region import Region
from services.run_results import gauge_row, village_result, village_row
from services.thresholds.in_effect import Held, InEffect, of_pack

LOG = logging.getLogger(__name__)
HISTORY = timedelta(hours=48)
"""Readings that a cycle looks back on: the longest wave here passes within a day (estimate)."""

MOST = 400_000
"""Readings of one gauge in that time: more than two a second."""

HEARD_AT = "heard_at"
"""Parameter of a run: when the newest reading that it knows was stored."""

THRESHOLDS = "thresholds"
"""Parameter of a run: the versions of the changed thresholds that it used, "pack" for none."""

Learnt = Callable[[Session], tuple[LagObservation, ...]]


def nothing_learnt(_session: Session) -> tuple[LagObservation, ...]:
    """Return no travel times: the pack's own are all that counts."""
    return ()


Tell = Callable[[Session, runs.RunRow, CycleResult], None]
"""Called in the transaction that stores a cycle, before it does: what it writes is there exactly
if the cycle is, and the newest stored cycle is still the one before."""


def tell_nobody(_session: Session, _row: runs.RunRow, _result: CycleResult) -> None:
    """Tell nobody what a cycle says: what benches and tests of the engine do."""


@dataclass(frozen=True, slots=True)
class CycleService:
    """Runs cycles for one region and stores them."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    origin: str
    members: int = 1000
    learnt: Learnt = nothing_learnt
    """Accepted travel times that count beside those of the pack."""
    thresholds: Held = of_pack
    """The changed thresholds that hold now, over those of the pack."""
    tell: Tell = tell_nobody
    """Tells the journal of a run, in the transaction that stores it."""
    _networks: dict[tuple[tuple[LagObservation, ...], str], FloodNetwork] = field(
        default_factory=dict, compare=False, repr=False
    )

    def run(self) -> runs.RunRow:
        """Run one cycle on what is stored now and store its result."""
        started_at = wall_now()
        as_of = self.clock.now()
        with self.sessions() as session:
            heard_at = operation.last_success(session, operation.INGEST)  # before the readings
            series = self.series(session, as_of)
            rain = heard_rain(session, self.region, as_of)
            previous = self.previous(session)
            held = self.thresholds(session)
            network = self.network(session, held)
        result = self.compute(series, previous, as_of, network=network, rain=rain)
        row = self._row(result, started_at, heard_at, held)
        with self.sessions() as session, session.begin():
            self.tell(writing(session), row, result)
            runs.add(session, row)
            store_results(session, row.run_id, result)
        for fault in result.faults:
            LOG.error("Zyklus %s: %s", row.run_id, fault)
        return row

    def compute(
        self,
        series: Mapping[str, Series],
        previous: Mapping[tuple[str, str], VillageResult],
        as_of: datetime,
        overrides: Mapping[str, WhatIf] | None = None,
        network: FloodNetwork | None = None,
        rain: HeardRain | None = None,
    ) -> CycleResult:
        """Run the engine without storing anything."""
        from services.flood.cycle import run_cycle  # noqa: PLC0415  # loads compiled kernels: a page never waits for them

        rain = rain or HeardRain()
        return run_cycle(
            network or self.region.network,
            series,
            previous,
            as_of,
            members=self.members,
            timezone=self.region.pack.info.timezone,
            overrides=overrides or {},
            rain=rain.rivers,
            gauge_rain=rain.gauges,
        )

    def network(self, session: Session, held: InEffect | None = None) -> FloodNetwork:
        """Return the network with all travel times and thresholds that hold by now."""
        lags, held = self.learnt(session), held or self.thresholds(session)
        if not lags and not held.changes:
            return self.region.network
        key = (lags, held.name)
        if key not in self._networks:
            self._networks.clear()
            self._networks[key] = build_network(held.applied(self.region.heard), lags)
        return self._networks[key]

    def series(self, session: Session, as_of: datetime) -> dict[str, Series]:
        """Return the readings of all connected gauges up to an instant, by gauge."""
        ids = things.ids(session)
        manual = Periods.read(session, as_of - HISTORY, as_of)
        found = {}
        for gauge_id, gauge in self.region.network.gauges.items():
            kind = "stage" if gauge.unit == "m" else "discharge"
            number = ids.get(f"{gauge_id}/{kind}")
            if number is not None:
                rows = observations.window_with_origin(
                    session, number, as_of - HISTORY, as_of, MOST
                )
                found[gauge_id] = _series(manual.hide(number, without_doubles(rows)))
        return found

    def previous(self, session: Session) -> dict[tuple[str, str], VillageResult]:
        """Return the village results of the newest cycle of this clock."""
        newest = runs.newest_cycle(session, self.region.region_id, self.clock.epoch())
        if newest is None:
            return {}
        results = map(village_result, runs.village_details(session, newest.run_id))
        return {(result.place_id, result.river_id): result for result in results}

    def _row(
        self,
        result: CycleResult,
        started_at: datetime,
        heard_at: datetime | None,
        held: InEffect,
    ) -> runs.RunRow:
        return runs.RunRow(
            run_id=str(uuid.uuid4()),
            region_id=self.region.region_id,
            kind=runs.CYCLE,
            clock=self.clock.view().kind,
            status=runs.DONE,
            progress=1.0,
            as_of=result.as_of,
            started_at=started_at,
            finished_at=wall_now(),
            model_version=result.model_version,
            config_hash=result.config_hash,
            origin=self.origin,
            requested_by="worker",
            parameters={
                "members": self.members,
                "rain": result.has_rain,
                HEARD_AT: heard_text(heard_at),
                THRESHOLDS: held.name,
            },
            faults=result.faults,
            message="",
            posterior_version=result.posterior_version,
        )


def heard_text(heard_at: datetime | None) -> str:
    """Return the instant as a run's parameters keep it, empty for none."""
    return "" if heard_at is None else heard_at.isoformat()


def store_results(session: Session, run_id: str, result: CycleResult) -> None:
    """Store the village and gauge results of a run."""
    runs.add_results(
        session,
        run_id,
        (village_row(village) for village in result.villages),
        (gauge_row(gauge) for gauge in result.gauges),
    )


def _series(rows: list[tuple[datetime, float | None, int]]) -> Series:
    kept = [(at.timestamp(), value, flag) for at, value, flag in rows if value is not None]
    return Series(
        times_s=np.array([row[0] for row in kept], dtype=np.float64),
        values=np.array([row[1] for row in kept], dtype=np.float64),
        flags=np.array([row[2] for row in kept], dtype=np.int8),
    )
