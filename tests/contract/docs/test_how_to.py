"""The how-to pages show what really works."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest

from api.uplinks import ACCEPTED, TITLES, TOPICS
from config import Settings
from data.region_pack.scenarios import load_scenarios
from data.region_pack.sensor_rows import SensorRow
from services.boundaries import importer
from services.ingestion.decoders.registry import decode, device_ids
from services.ingestion.intake import prepare
from services.ingestion.mapping import rows_by_device
from services.ingestion.spooled import SpooledMessage
from services.simulation import levels, runoff, sensors, truth
from services.simulation.truth import build_truth, run_truth
from tests.contract.docs.markdown import blocks, code, table, text_of

CONNECT = text_of("how-to/connect-sensors.md")
REPLAY = text_of("how-to/replay-an-event.md")
SIMULATION = text_of("method/simulation.md")
DECODERS = table(
    CONNECT,
    "decoder",
    "port",
    "`path` of the level",
    "unit",
    "it is the",
    "further properties",
    "example payload",
    "gives",
)


def test_every_built_in_decoder_is_listed():
    assert sorted(code(row["decoder"]) for row in DECODERS) == list(device_ids())


@pytest.mark.parametrize("row", DECODERS, ids=lambda row: row["decoder"])
def test_the_example_payload_of_a_decoder_gives_what_the_page_says(row):
    payload = bytes.fromhex(code(row["example payload"]))
    found = decode(code(row["decoder"]), int(row["port"]), payload)
    assert found.errors == ()
    by_name = {item.property: item for item in found.measurements}
    level = by_name[code(row["`path` of the level"])]
    assert (level.unit, f"{level.value:g}") == (row["unit"], row["gives"])
    assert {code(name) for name in row["further properties"].split(", ")} <= set(by_name)


def test_the_example_uplink_becomes_the_stage_that_the_page_explains():
    made = blocks(CONNECT)
    rows = [
        SensorRow.model_validate(row) for row in csv.DictReader(io.StringIO(made["sensors.csv"]))
    ]
    body = made["uplink.json"].encode()
    at = datetime(2026, 3, 10, 6, 15, 2, tzinfo=UTC)
    message = SpooledMessage("chirpstack", TOPICS["chirpstack"], at, body)
    [reading] = prepare(message, rows_by_device(rows)).readings
    assert reading.datastream_key == "unten/stage"
    assert reading.value == pytest.approx(0.87 + 0.15)
    assert reading.phenomenon_time == datetime(2026, 3, 10, 6, 15, tzinfo=UTC)


def test_every_answer_of_the_webhook_is_explained():
    rows = table(CONNECT, "answer", "means")
    codes = {int(number) for row in rows for number in re.findall(r"\d{3}", row["answer"])}
    assert codes == {ACCEPTED, *TITLES}


def test_the_topics_of_the_page_are_those_that_are_listened_to():
    topics = {code(row["topic"]) for row in table(CONNECT, "network server", "topic", "set there")}
    assert topics == set(Settings().mqtt_topics.split(","))


def test_the_addresses_of_the_webhooks_are_those_that_are_served():
    for source in TOPICS:
        assert f"https://cockpit.example/api/v1/uplinks/{source}`" in CONNECT


def test_every_event_of_the_shipped_region_is_listed(region_dir):
    listed = {
        code(row["event of `myk`"]) for row in table(REPLAY, "event of `myk`", "what it shows")
    }
    assert listed == set(load_scenarios(region_dir))


def test_the_page_on_boundaries_names_every_column_layer_and_format_that_is_read():
    page = text_of("how-to/import-boundaries.md")
    for name in (
        *importer.AGS_COLUMNS,
        *importer.NAME_COLUMNS,
        *importer.MUNICIPAL_LAYERS,
        *importer.FORMATS,
    ):
        assert f"`{name}`" in page


def test_the_constants_of_the_simulation_are_the_documented_ones():
    rows = {code(row["what"]): row for row in table(SIMULATION, "what", "value", "source")}
    for name, row in rows.items():
        value = next(
            vars(item)[name] for item in (truth, sensors, runoff, levels) if name in vars(item)
        )
        numbers = list(value.values()) if isinstance(value, dict) else [value]
        assert [float(number) for number in row["value"].split(", ")] == numbers, name
        assert row["source"]


def test_the_measured_figures_of_the_events_are_the_documented_ones(region):
    network = build_truth(region.pack)
    zone = region.timezone
    flood = run_truth(network, region.scenarios["2021-07"])

    def alarm_at(km):
        stages = flood.stage_m[:, network.cell_at("nette", km)]
        level = levels.threshold(network, "nette", km, "alarm")
        return flood.start_s + int((stages >= level).argmax()) * truth.STEP_S

    mayen, miesenheim = alarm_at(30.7), alarm_at(4.6)
    clock = [f"{datetime.fromtimestamp(at, zone):%H:%M}" for at in (mayen, miesenheim)]
    assert f"HQ5 stage in Mayen at {clock[0]} " in SIMULATION
    assert (
        f"HQ5 stage in Miesenheim at {clock[1]}, {(miesenheim - mayen) / 3600:.1f} h" in SIMULATION
    )
    nettegut = flood.stage_m[:, network.cell_at("nette", 2.7)]
    assert f"| {nettegut.max():.2f} m at" in SIMULATION
    calm = run_truth(network, region.scenarios["2024-05"])
    virneburg = calm.stage_m[:, network.cell_at("nitzbach", 9.5)]
    assert f"| +{virneburg.max() - virneburg[0]:.2f} m |" in SIMULATION
