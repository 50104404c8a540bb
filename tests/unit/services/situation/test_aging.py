from datetime import timedelta

import pytest

from services.flood.model import State
from services.region import open_region
from services.situation.headline import headline
from services.situation.service import SituationService
from services.situation.villages import village_views
from tests.support.situations import NOW, cycle


@pytest.fixture
def calm(service, put, store, region, clock):
    for gauge_id in region.connected:
        put(gauge_id, [0.5] * 16)
    cycle(store, region, clock)
    return service


def test_calm_does_not_outlive_its_readings_when_no_cycle_runs(calm, clock):
    assert calm.situation().worst is State.OK
    clock.instant = NOW + timedelta(minutes=46)
    situation = calm.situation()
    assert {village.state for village in situation.villages} == {State.UNBEKANNT}
    assert {gauge.state for gauge in situation.gauges} == {State.UNBEKANNT}
    assert {line.state for line in calm.river_lines()} <= {State.UNBEKANNT}
    assert "Alle" not in situation.headline


def test_a_standing_calculation_is_the_headline(store, region, clock, calm):
    later = NOW.replace(year=NOW.year + 5)
    late = SituationService(store, region, clock, wall=lambda: later)
    assert late.situation().headline.startswith("Die Berechnung steht seit 13:00 Uhr")


def test_a_warning_outlives_its_readings_and_says_since_when(service, put, store, region, clock):
    put("iot-nitz", [0.5 + 0.12 * n for n in range(16)])
    cycle(store, region, clock)
    clock.instant = NOW + timedelta(hours=3)
    virneburg = next(v for v in service.situation().villages if v.place_id == "virneburg")
    assert virneburg.state is State.ALARM
    assert virneburg.result.held_since == NOW
    assert virneburg.result.degraded


def test_gauges_without_a_sensor_are_not_called_missing(region_dir, store, clock):
    live = open_region(region_dir, simulated=False)
    cycle(store, live, clock)
    situation = SituationService(store, live, clock).situation()
    mayen = next(view for view in situation.villages if view.place_id == "mayen")
    assert mayen.has_gauge_above
    assert mayen.state is State.UNBEKANNT
    assert "kein Sensor angebunden" in mayen.result.sentence
    assert situation.headline == "Keine Aussage für 26 Orte: die Messwerte fehlen"


def test_a_place_reached_hours_ago_is_not_counted_as_soon(service, put, store, region, clock):
    put("iot-nitz", [0.5 + 0.12 * n for n in range(16)])
    cycle(store, region, clock)
    views = service.situation().villages
    assert "weniger als 90 Minuten" in headline(views, NOW)
    assert "weniger als 90 Minuten" not in headline(views, NOW + timedelta(hours=30))


def test_without_watched_places_there_is_no_statement(region):
    blind = [v for v in village_views(region, {}, NOW) if not v.has_gauge_above]
    assert headline(blind, NOW) == "Keine Aussage: Über keinem Ort misst ein Pegel"
