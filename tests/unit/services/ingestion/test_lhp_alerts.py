"""Flood warnings of the states: identity, what concerns the region, and what has ended."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from data import alerts
from services.ingestion.lhp_alerts import mapping, source
from services.ingestion.lhp_alerts.parser import parse_alerts
from services.sources.errors import SourceFormatError
from tests.support.visits import entry, visit

NOW = datetime(2026, 7, 13, 9, 0, tzinfo=UTC)
NEAR = {"type": "Polygon", "coordinates": [[[7.2, 50.3], [7.3, 50.3], [7.3, 50.4], [7.2, 50.3]]]}
FAR = {"type": "Polygon", "coordinates": [[[12.1, 48.9], [12.2, 48.9], [12.2, 49], [12.1, 48.9]]]}


def warning(area_id="RP_1", level="4", sent="2026-07-13 08:00:00", geometry=NEAR, **cap):
    block = {
        "identifier": "LHP.RP.1",
        "sender": "hochwasser@rlp.de",
        "sent": sent,
        "status": "Actual",
        "msgType": "Alert",
        "info": {
            "severity": "Moderate",
            "onset": "2026-07-13 06:00:00",
            "expires": None,
            "description": "Die Wasserstände steigen.",
        },
        **cap,
    }
    return {
        "kind": "AlertArea",
        "id": area_id,
        "type": "Feature",
        "geometry": geometry,
        "areaDesc": f"Nette {area_id}",
        "lhpClass": level,
        "lhpClassName": {"4": "Hochwasser", "2": "Vorwarnung", "1": "Entwarnung"}.get(level, "?"),
        "cap": block,
    }


def listed(*warnings, at=NOW, **changes):
    body = {"status": "success", "updated": at.isoformat(), "data": list(warnings), **changes}
    return json.dumps(body).encode()


@pytest.fixture
def take(sessions, region):
    """Take over a list at a minute; returns what was harvested."""

    def run(minutes, *warnings, body=None):
        at = NOW + timedelta(minutes=minutes)
        found = visit(
            entry("lhp-alerts", {"states": ["RP"]}),
            region,
            {"/data/alerts?states=RP&cap=true": body or listed(*warnings, at=at)},
            at,
        )
        harvest = mapping.collect(found)
        with sessions() as session, session.begin():
            harvest.store(session)
        return harvest

    return run


@pytest.fixture
def holding(sessions):
    def run(minutes):
        with sessions() as session:
            found = alerts.holding_at(session, NOW + timedelta(minutes=minutes))
        return sorted(info["headline"] for row in found for info in row.infos)

    return run


def test_a_warning_near_the_region_holds_and_a_distant_one_is_not_kept(take, holding):
    harvest = take(0, warning(), warning("BY_577", geometry=FAR))
    assert holding(0) == ["Hochwasser: Nette RP_1"]
    assert (harvest.items, harvest.newest_at, harvest.notes) == (2, NOW, ())


def test_times_without_a_zone_are_german_and_summer_time_is_known(take, sessions):
    take(0, warning())
    with sessions() as session:
        [row] = alerts.holding_at(session, NOW)
    assert row.sent_at == datetime(2026, 7, 13, 6, 0, tzinfo=UTC)
    assert row.infos[0]["onset"] == "2026-07-13T04:00:00+00:00"


def test_one_identifier_for_several_areas_hides_none(take, holding):
    take(0, warning("RP_1"), warning("RP_2"))
    assert holding(0) == ["Hochwasser: Nette RP_1", "Hochwasser: Nette RP_2"]


def test_what_is_no_longer_listed_has_ended_and_is_known_for_then(take, holding):
    take(0, warning("RP_1"), warning("RP_2"))
    take(10, warning("RP_2"))
    assert holding(11) == ["Hochwasser: Nette RP_2"]
    assert holding(5) == ["Hochwasser: Nette RP_1", "Hochwasser: Nette RP_2"]
    take(20)
    assert holding(21) == []


def test_a_warning_that_comes_again_after_its_end_holds_again(take, holding):
    take(0, warning())
    take(10)
    take(20, warning(sent="2026-07-13 11:15:00"))
    assert holding(21) == ["Hochwasser: Nette RP_1"]


def test_another_class_replaces_the_one_before(take, holding):
    take(0, warning(level="2"))
    take(10, warning(level="4"))
    assert holding(11) == ["Hochwasser: Nette RP_1"]


def test_sent_again_under_the_same_name_it_stands_once(take, holding):
    take(0, warning())
    take(10, warning(sent="2026-07-13 11:05:00"))
    assert holding(11) == ["Hochwasser: Nette RP_1"]


def test_an_all_clear_is_no_warning(take, holding):
    take(0, warning())
    take(10, warning(level="1"))
    assert holding(11) == []


def test_without_a_cap_block_it_is_named_by_area_and_class_and_stays_one(take, holding, sessions):
    bare = warning("RP_9", level="2") | {"cap": None}
    take(0, bare)
    take(10, bare)
    assert holding(11) == ["Vorwarnung: Nette RP_9"]
    with sessions() as session:
        [row] = alerts.holding_at(session, NOW + timedelta(minutes=11))
    assert (row.sent_at, row.infos[0]["severity"]) == (NOW, "Minor")


def test_an_unknown_class_is_shown_and_named(take, holding):
    harvest = take(0, warning(level="7"))
    assert holding(0) == ["?: Nette RP_1"]
    assert harvest.notes == ("RP_1: Warnklasse „7“ ist unbekannt",)


def test_a_test_message_is_no_warning(take, holding):
    take(0, warning(status="Test"))
    assert holding(0) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Wartung</html>",
        listed(status="error"),
        listed(data=None),
        listed(updated=None),
        listed(data=[{}] * 2001),
    ],
    ids=["empty", "page", "error", "no list", "no instant", "too many"],
)
def test_a_failed_answer_ends_nothing(take, holding, body):
    take(0, warning())
    with pytest.raises(SourceFormatError):
        take(10, body=body or b" ")
    assert holding(11) == ["Hochwasser: Nette RP_1"]


@pytest.mark.parametrize("geometry", [None, {"type": "Polygon", "coordinates": "x"}, {"type": "?"}])
def test_an_area_that_can_not_be_drawn_is_not_kept_back(take, holding, geometry):
    take(0, warning(geometry=geometry))
    assert holding(0) == ["Hochwasser: Nette RP_1"]


def test_a_river_reach_is_a_line_and_concerns_the_places_on_it(take, holding):
    line = {"type": "LineString", "coordinates": [[7.1, 50.32], [7.4, 50.33]]}
    away = {"type": "LineString", "coordinates": [[12.1, 48.9], [12.4, 48.9]]}
    take(0, warning(geometry=line), warning("BY_2", geometry=away))
    assert holding(0) == ["Hochwasser: Nette RP_1"]


def test_what_dropped_out_once_and_is_listed_again_unchanged_holds_again(take, holding):
    take(0, warning())
    take(10)
    assert holding(11) == []
    take(20, warning())
    assert holding(21) == ["Hochwasser: Nette RP_1"]
    take(30, warning())
    take(40)
    assert holding(41) == []


def test_a_class_that_goes_up_and_down_again_is_shown_each_time(take, holding):
    for minutes, level in ((0, "4"), (10, "2"), (20, "4"), (30, "4")):
        take(minutes, warning(level=level))
    assert holding(31) == ["Hochwasser: Nette RP_1"]


@pytest.mark.parametrize("nameless", [{"lhpClass": "4", "id": 577}, "Text", {"id": "RP 1"}])
def test_a_list_with_an_entry_without_a_name_ends_nothing(take, holding, nameless):
    take(0, warning())
    take(10, nameless)
    assert holding(11) == ["Hochwasser: Nette RP_1"]


def test_an_old_list_ends_nothing(take, holding):
    take(0, warning())
    take(10, body=listed(at=NOW - timedelta(days=2)))
    assert holding(11) == ["Hochwasser: Nette RP_1"]


def test_an_end_that_has_passed_hides_no_warning_that_is_still_listed(take, holding):
    past = {"severity": "Severe", "expires": "2026-07-13 09:00:00"}
    take(0, warning(info=past))
    assert holding(5) == ["Hochwasser: Nette RP_1"]


def test_names_and_times_beyond_all_measure_are_bounded(take, holding):
    take(0, warning(identifier="x" * 500, sender="y" * 500, sent="0001-01-01 00:00:00"))
    assert holding(0) == ["Hochwasser: Nette RP_1"]


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "MultiLineString", "coordinates": [[[7.1, 50.32], [7.4, 50.33]]]},
        {"type": "Point", "coordinates": [7.2277, 50.3277]},
        {"type": "MultiPolygon", "coordinates": [NEAR["coordinates"]]},
        {
            "type": "GeometryCollection",
            "geometries": [{"type": "LineString", "coordinates": [[7.1, 50.32], [7.4, 50.33]]}],
        },
    ],
)
def test_reaches_of_every_shape_concern_the_places_on_them(take, holding, geometry):
    take(0, warning(geometry=geometry))
    assert holding(0) == ["Hochwasser: Nette RP_1"]


def test_an_entry_without_an_id_is_named_and_spoils_no_other():
    found = parse_alerts(listed({"lhpClass": "4"}, 3, warning()))
    assert [alert.area_id for alert in found.alerts] == ["RP_1"]
    assert found.faults == ("Eintrag 1 hat keine Kennung", "Eintrag 2 hat keine Kennung")


def test_control_signs_and_endless_texts_are_bounded():
    hostile = warning(info={"description": "\x00<b>" + "x" * 10_000, "severity": 5})
    [alert] = parse_alerts(listed(hostile)).alerts
    assert alert.info.description.startswith("?<b>x")
    assert len(alert.info.description) == 4000
    assert alert.info.severity == "Moderate"


def test_only_known_states_may_be_asked_for():
    with pytest.raises(ValueError, match="states"):
        source.Options(states=("XX",))
