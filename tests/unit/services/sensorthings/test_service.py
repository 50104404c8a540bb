"""SensorThings over both databases: paths, conditions, pages, expanded entities, limits."""

from datetime import timedelta

import pytest

from data import observations, things
from data.observations import ObservationRow
from data.things import StreamRow, ThingRow
from services.clock import SteppedClock
from services.errors import BadParameterError, UnknownResourceError
from services.sensorthings.service import SensorThingsService
from tests.support.sample_water import NOW

ROOT = "http://h/st"
STEP = timedelta(minutes=15)


@pytest.fixture
def service(sessions):
    rows = [
        StreamRow(ThingRow("o'b", "Nord", "gauge", 50.1, 7.2), "stage", "m"),
        StreamRow(ThingRow("o'b", "Nord", "gauge", 50.1, 7.2), "rain", "mm"),
        StreamRow(ThingRow("lost", "Ohne Ort", "gauge"), "stage", "m"),
    ]
    with sessions.begin() as session:
        things.ensure(session, "r", rows)
        ids = things.ids(session)
        for key, count in (("o'b/stage", 40), ("lost/stage", 3)):
            observations.upsert(session, [reading(ids[key], n) for n in range(count)])
    clock = SteppedClock(NOW, "s", "S", NOW)
    return SensorThingsService(sessions, clock, "frei", is_simulated=True)


def reading(stream, number):
    at = NOW - number * STEP
    value = None if number == 7 else float(number)
    return ObservationRow(stream, at, at, value, value, 9 if value is None else 1, "", "simulated")


def ask(service, path, **options):
    return service.answer(ROOT, path, {f"${name}": text for name, text in options.items()})


def stream(service):
    [found] = ask(service, "Datastreams", filter="name eq 'o''b/stage'")["value"]
    return found["@iot.id"]


def test_a_path_leads_from_a_thing_to_its_datastreams_and_back(service):
    found = ask(service, "Things('o''b')/Datastreams", orderby="name desc")["value"]
    assert [row["name"] for row in found] == ["o'b/stage", "o'b/rain"]
    number = found[0]["@iot.id"]
    assert ask(service, f"Datastreams({number})/Thing")["@iot.id"] == "o'b"
    assert ask(service, f"Datastreams({number})/ObservedProperty")["name"] == "stage"
    assert ask(service, "Things('o''b')/Locations")["value"][0]["location"]["coordinates"] == [
        7.2,
        50.1,
    ]


def test_a_thing_without_a_place_has_no_location(service):
    assert ask(service, "Things('lost')/Locations")["value"] == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("result ge 10", 30),
        ("result lt 5 or result gt 35", 9),
        ("not result ge 10", 9),
        ("result eq null", 1),
        ("phenomenonTime gt 2021-07-14T15:00:00Z", 4),
        ("result gt 3 and resultTime le 2021-07-14T12:00:00Z", 24),
    ],
)
def test_conditions_mean_the_same_on_both_databases(service, text, count):
    found = ask(service, f"Datastreams({stream(service)})/Observations", filter=text, count="true")
    assert found["@iot.count"] == len(found["value"]) == count


def test_pages_follow_each_other_without_gap_or_overlap(service):
    path = f"Datastreams({stream(service)})/Observations"
    first = ask(service, path, top="25", orderby="phenomenonTime desc")
    assert "$skip=25" in first["@iot.nextLink"]
    second = ask(service, path, top="25", skip="25", orderby="phenomenonTime desc")
    assert "@iot.nextLink" not in second
    values = [row["result"] for row in (*first["value"], *second["value"])]
    assert values == [None if n == 7 else float(n) for n in range(40)]


def test_expanded_entities_stand_in_the_answer(service):
    inner = "Observations($top=1;$orderby=phenomenonTime desc)"
    text = f"Datastreams($filter=name eq 'o''b/stage';$expand={inner})"
    found = ask(service, "Things('o''b')", expand=text, select="name")
    [inner] = found["Datastreams"]
    assert inner["Observations"][0]["result"] == 0.0
    assert inner["Observations@iot.nextLink"].startswith(f"{ROOT}/Datastreams({stream(service)})")
    assert set(found) == {"name", "Datastreams"}


def test_an_observation_is_named_by_datastream_and_time(service):
    row = ask(service, f"Datastreams({stream(service)})/Observations", top="1")["value"][0]
    again = ask(service, f"Observations('{row['@iot.id']}')")
    assert again == row
    assert ask(service, "Observations", filter=f"id eq '{row['@iot.id']}'")["value"] == [row]
    assert again["resultQuality"]["DQ_Element"]["result"]["meaning"] == "pass"


def test_a_search_through_the_whole_store_is_refused_with_a_way_out(service):
    for options in ({"filter": "result gt 1"}, {"orderby": "result"}, {"count": "true"}):
        with pytest.raises(BadParameterError) as refusal:
            ask(service, "Observations", **options)
        assert "phenomenonTime ge" in refusal.value.user_message
    span = "phenomenonTime ge 2021-07-14T15:30:00Z"
    assert len(ask(service, "Observations", filter=span)["value"]) == 4
    assert len(ask(service, "Observations", top="5")["value"]) == 5


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("Things", {"filter": "weg eq 1"}),
        ("Things", {"filter": "name eq 1"}),
        ("Datastreams", {"filter": "id eq 99999999999"}),
        ("Things", {"orderby": "weg"}),
        ("Things", {"top": "-1"}),
        ("Things", {"expand": "Weg"}),
        ("Things", {"weg": "1"}),
        ("Things", {"filter": "name eq '\x00'"}),
    ],
)
def test_an_impossible_option_is_refused_with_a_sentence(service, path, options):
    with pytest.raises(BadParameterError) as refusal:
        ask(service, path, **options)
    assert refusal.value.user_message.endswith(".")


@pytest.mark.parametrize(
    "path",
    ["Weg", "Things('weg')", "Things(1)", "Things('x')/Weg", "Things/Datastreams",
     "Datastreams('1')", "Observations('1')", "Observations('1-99999999999999999')",
     "Things('\x00')"],
)  # fmt: skip
def test_a_path_that_leads_nowhere_is_not_found(service, path):
    with pytest.raises(UnknownResourceError):
        ask(service, path)
