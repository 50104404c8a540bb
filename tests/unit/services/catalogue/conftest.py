"""A catalogue over a real store with a few readings, on both databases."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from data import observations, things
from data.observations import ObservationRow
from data.things import StreamRow, ThingRow
from services.catalogue.contents import Contents
from services.catalogue.service import CatalogueService
from services.settlement_model import BoundarySet

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
GAUGES = ("iot-nitz", "iot-bermel")
SQUARE = {"type": "Polygon", "coordinates": [[[7, 50], [7.1, 50], [7.1, 50.1], [7, 50]]]}


@dataclass
class StoppedClock:
    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass
class Areas:
    def current(self) -> BoundarySet:
        feature = {
            "type": "Feature",
            "properties": {"ags": "07137003", "name": "Andernach"},
            "geometry": SQUARE,
        }
        return BoundarySet((feature,), is_schematic=True, label="schematisch", attribution="Quelle")


@dataclass
class NoRun:
    """A situation before the first run."""

    @dataclass
    class Empty:
        run_at: datetime | None = None
        villages: tuple[object, ...] = ()

    def situation(self):
        return self.Empty()


def store(sessions, rows):
    """Store (gauge, minutes before now, value, flag, received minutes before now)."""
    with sessions() as session, session.begin():
        ids = things.ids(session)
        observations.upsert(
            session,
            [
                ObservationRow(
                    ids[f"{gauge}/stage"],
                    NOW - timedelta(minutes=before),
                    NOW - timedelta(minutes=received),
                    value,
                    value,
                    flag,
                    "",
                    "live",
                )
                for gauge, before, value, flag, received in rows
            ],
        )


def at(catalogue, instant):
    """Return the same catalogue at another instant."""
    clock = StoppedClock(instant)
    return replace(catalogue, clock=clock, contents=replace(catalogue.contents, clock=clock))


@pytest.fixture
def catalogue(sessions, region) -> CatalogueService:
    with sessions() as session, session.begin():
        streams = [
            StreamRow(ThingRow(gauge, gauge.title(), "gauge", 50.3, 7.0), "stage", "m")
            for gauge in GAUGES
        ]
        things.ensure(session, region.region_id, streams)
    store(
        sessions,
        [("iot-nitz", 15 * n, 1.0 + n / 100, 1, 15 * n) for n in range(1, 9)]
        + [("iot-bermel", 20, None, 9, 20), ("iot-bermel", 35, 0.5, 3, 35)],
    )
    clock: Any = StoppedClock()
    made = CatalogueService(
        sessions=sessions,
        region=region,
        clock=clock,
        contents=Contents(sessions, region, clock, Areas(), NoRun()),
        public_url="https://daten.example.org",
        contributor_id="http://dcat-ap.de/def/contributors/openRlp",
        wall=lambda: NOW,
    )
    made.register()
    return made
