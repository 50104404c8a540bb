"""An ordinary client (frost_sta_client) reads our SensorThings service over HTTP."""

import pytest

from tests.support.real_store import GAUGE, READINGS

frost = pytest.importorskip("frost_sta_client")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the client's own


@pytest.fixture
def service(served):
    return frost.SensorThingsService(f"{served}/api/v1/sensorthings/v1.1")


def stream_of(service):
    [found] = list(service.datastreams().query().filter(f"name eq '{GAUGE}/stage'").list())
    return found


def test_things_are_listed_with_their_places_and_datastreams(service):
    things = {
        thing.id: thing for thing in service.things().query().expand("Locations,Datastreams").list()
    }
    assert things[GAUGE].name == "Nitz"
    assert f"{GAUGE}/stage" in [stream.name for stream in things[GAUGE].datastreams]
    place = things[GAUGE].locations.entities[0]
    assert place.location["type"].lower() == "point"


def test_a_datastream_has_a_ucum_unit_and_its_property(service):
    found = stream_of(service)
    assert found.unit_of_measurement.symbol == "m"
    assert found.unit_of_measurement.definition == "ucum:m"
    expanded = service.datastreams().find(found.id)
    assert expanded.name == found.name


def test_observations_are_filtered_sorted_and_cut(service):
    found = stream_of(service).get_observations().query()
    rows = found.filter("result gt 1.2").orderby("phenomenonTime", "desc").top(5).list()
    values = [row.result for row in rows.entities]
    assert values == [1.201, 1.202, 1.203, 1.204, 1.205]
    assert rows.entities[0].result_quality["DQ_Element"]["result"]["value"] == 1


def test_the_client_follows_the_pages_to_the_end(service):
    rows = stream_of(service).get_observations().query().orderby("phenomenonTime").top(50).list()
    results = [row.result for row in rows]
    assert len(results) == READINGS
    assert results == sorted(results)  # the client asks for the newest first


def test_an_observation_is_found_again_by_its_id(service):
    row = stream_of(service).get_observations().query().top(1).list().entities[0]
    assert service.observations().find(row.id).result == row.result


def test_observations_of_all_datastreams_are_found_in_a_span_of_time(service):
    span = "phenomenonTime ge 2021-07-14T15:00:00Z and phenomenonTime le 2021-07-14T16:00:00Z"
    rows = list(service.observations().query().filter(span).list())
    assert len(rows) == 8
