"""Opening a region refuses what would break later: events and simulated sensors without a basis."""

import shutil

import pytest

from data.region_pack.faults import RegionPackError
from services.region import open_region


@pytest.fixture
def pack_copy(region_dir, tmp_path):
    copy = tmp_path / "pack"
    shutil.copytree(region_dir, copy)
    return copy


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(folder):
    with pytest.raises(RegionPackError) as caught:
        open_region(folder, simulated=True)
    return [str(fault) for fault in caught.value.faults]


def test_an_event_on_a_river_or_gauge_that_does_not_exist_is_named(pack_copy):
    change(pack_copy, "scenarios.toml", 'rivers = ["nitzbach"]', 'rivers = ["nizbach"]')
    change(pack_copy, "scenarios.toml", '["iot-hammesmuehle"]', '["hammesmuehle"]')
    rivers, gauges = faults_of(pack_copy)
    where = "scenarios.toml, Spalte"
    assert rivers == f"{where} 2021-07.rain.rivers: „nizbach“ ist nirgends angelegt"
    assert gauges.startswith(f"{where} hammesmuehle-ausfall.faults.gauges: „hammesmuehle“")


def test_two_events_of_one_name_are_a_fault(pack_copy):
    change(pack_copy, "scenarios.toml", 'id = "normal"', 'id = "2024-05"')
    assert faults_of(pack_copy) == [
        "scenarios.toml, Spalte scenario.id: „2024-05“ steht zweimal da"
    ]


def test_events_need_a_reach_on_every_river(pack_copy):
    path = pack_copy / "reaches.csv"
    kept = [
        line for line in path.read_text(encoding="utf-8").splitlines() if "brexbach" not in line
    ]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    [fault] = faults_of(pack_copy)
    assert fault.startswith("reaches.csv, Spalte river_id: für „brexbach“ fehlt eine Strecke")
    (pack_copy / "scenarios.toml").unlink()
    assert open_region(pack_copy, simulated=True).scenarios == {}


def test_a_model_that_cannot_be_simulated_is_a_fault_of_its_row(pack_copy):
    change(pack_copy, "sensors.csv", "stage,milesight-em500-udl", "stage,decentlab-dl-pr26")
    [fault] = faults_of(pack_copy)
    assert fault.startswith("sensors.csv, Zeile 2, Spalte decoder: „decentlab-dl-pr26“")


def test_only_the_sensors_of_the_mode_speak(region_dir):
    assert open_region(region_dir, simulated=True).connected
    live = open_region(region_dir, simulated=False)
    assert live.sensors == ()
    assert live.connected == frozenset()
