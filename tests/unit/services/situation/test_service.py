from datetime import timedelta

import pytest

from data import observations, things
from data.engine import make_engine, make_sessions
from data.observation_rows import ObservationRow
from services.errors import StoreUnavailableError, UnknownGaugeError, UnknownPlaceError
from services.flood.model import State
from services.gauge_context.rise import steepest_rise
from services.situation.service import SituationService
from tests.support.situations import NOW, STEP, cycle


def test_before_the_first_run_everything_is_unknown_and_says_so(service):
    situation = service.situation()
    assert situation.run_id is None
    assert {village.state for village in situation.villages} == {State.UNBEKANNT}
    assert "unbekannt" in situation.headline
    assert situation.is_stale


def test_a_silent_gauge_is_named_and_its_villages_are_unknown(service, put, store, region, clock):
    for gauge_id in region.connected - {"iot-thuer"}:
        put(gauge_id, [0.5] * 16)
    cycle(store, region, clock)
    situation = service.situation()
    kruft = next(view for view in situation.villages if view.place_id == "kruft")
    assert kruft.state is State.UNBEKANNT
    assert "Pegel Thür meldet nicht" in situation.subline
    thuer = next(view for view in situation.gauges if view.gauge_id == "iot-thuer")
    assert thuer.is_silent
    assert thuer.value is None


def test_places_without_a_gauge_above_are_a_group_of_their_own(service, put, store, region, clock):
    for gauge_id in region.connected:
        put(gauge_id, [0.5] * 16)
    cycle(store, region, clock)
    situation = service.situation()
    blind = {view.place_id for view in situation.villages if not view.has_gauge_above}
    assert {"weibern", "volkesfeld", "bruecktal", "mendig"} <= blind
    assert all(
        view.state is State.UNBEKANNT for view in situation.villages if not view.has_gauge_above
    )
    assert situation.worst is State.OK
    assert "kein" in situation.subline


def test_the_most_urgent_village_comes_first(service, put, store, region, clock):
    for gauge_id in region.connected:
        put(gauge_id, [0.5] * 16)
    put("iot-nitz", [0.5 + 0.12 * n for n in range(16)])
    cycle(store, region, clock)
    situation = service.situation()
    assert situation.villages[0].state is State.ALARM
    assert situation.villages[0].river_id in {"nitzbach", "nette"}
    assert "Pegel Nitz steigt um" in situation.subline


def test_a_gauge_knows_its_neighbours_and_the_villages_below(service):
    detail = service.gauge("iot-hammesmuehle")
    assert {view.gauge_id for view in detail.upstream} == {"iot-nitz", "iot-falkley"}
    assert {view.gauge_id for view in detail.downstream} == {"27140205", "27140500"}
    assert "mayen" in {view.place_id for view in detail.villages_below}


def test_a_gauge_tells_which_readings_are_doubted_and_what_its_newest_is(service, put, store):
    put("iot-nitz", [0.5] * 8)
    with store.begin() as session:
        number = things.ids(session)["iot-nitz/stage"]
        at = NOW - STEP
        flags = {(number, at): (4, "Messbereich: außerhalb des Messbereichs")}
        observations.reflag(session, flags, NOW, actor="qc")
    found = service.gauge("iot-nitz", 1).quality
    assert (found.key, found.count) == ("iot-nitz/stage", 1)
    [reading] = found.readings
    assert (reading.at, reading.value, reading.flag) == (at, 0.5, 4)
    assert [(item.test, item.reason) for item in reading.findings] == [
        ("range", "außerhalb des Messbereichs")
    ]
    assert (found.newest.at, found.newest.flag) == (NOW, 1)
    assert service.gauge("iot-falkley").quality.newest is None


def by_hand(store, at, value):
    with store.begin() as session:
        number = things.ids(session)["iot-nitz/stage"]
        row = ObservationRow(number, at, at, value, value, 2, "Ablesung: abgelesen", "manual")
        observations.upsert(session, [row])


def test_beside_a_device_a_reading_by_hand_is_not_in_the_line_nor_the_steepest_rise(
    service, put, store
):
    put("iot-nitz", [1.5, 1.52, 1.54, 1.57, 1.62])
    before = service.gauge("iot-nitz", 3).points
    by_hand(store, NOW - timedelta(minutes=4), 1.85)
    points = service.gauge("iot-nitz", 3).points
    assert points == before
    assert steepest_rise(points, NOW).per_hour == pytest.approx(0.16)


def test_where_the_device_is_silent_a_reading_by_hand_is_in_the_line(service, put, store):
    put("iot-nitz", [1.5, 1.52], until=NOW - timedelta(hours=1))
    by_hand(store, NOW - timedelta(minutes=15), 1.85)
    assert [point.value for point in service.gauge("iot-nitz", 3).points] == [1.5, 1.52, 1.85]


def test_a_long_window_is_drawn_by_its_extremes(service, put):
    put("iot-nitz", [0.5] * 3000 + [2.5] + [0.5] * 500)
    points = service.history("iot-nitz", NOW - timedelta(days=3650), NOW, 2000)
    assert len(points) <= 2000
    assert max(point.value for point in points) == 2.5


def test_the_csv_names_unit_flag_and_utc(service, put):
    put("iot-nitz", [0.5, 0.51])
    lines = service.gauge_csv("iot-nitz", 24).splitlines()
    assert lines[0] == "gauge_id,phenomenon_time_utc,stage,unit,qartod_flag,origin"
    assert lines[2] == "iot-nitz,2026-03-10T12:00:00+00:00,0.510,m,1,simulated"


def test_a_place_on_two_rivers_has_both(service):
    detail = service.village("plaidt")
    assert {view.river_id for view in detail.rivers} == {"nette", "thuererbach"}
    assert detail.paths["thuererbach"][0].gauge_id == "iot-thuer"


def test_planning_minutes_leave_out_what_people_and_radio_need(service):
    [path] = [
        p for p in service.village("mayen").paths["nette"] if p.gauge_id == "iot-hammesmuehle"
    ]
    assert path.usable_p50_min == pytest.approx(path.travel_p50_min - 15 - 1 - 5 - 15)
    assert path.usable_p10_min == 0.0


def test_the_walk_runs_down_the_river(service):
    kms = [point.river_km for point in service.walk("nette").points]
    assert kms == sorted(kms, reverse=True)


@pytest.mark.parametrize("call", ["gauge", "walk", "history"])
def test_unknown_names_are_sentences(service, call):
    arguments = {"history": (NOW, NOW, 10)}.get(call, ())
    with pytest.raises(UnknownGaugeError):
        getattr(service, call)("nirgendwo", *arguments)
    with pytest.raises(UnknownPlaceError):
        service.village("nirgendwo")


def test_a_missing_database_is_a_sentence_for_the_user(region, clock, tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    broken = SituationService(make_sessions(engine), region, clock)
    with pytest.raises(StoreUnavailableError):
        broken.situation()
    engine.dispose()
