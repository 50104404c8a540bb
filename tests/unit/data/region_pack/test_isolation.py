"""A fault in one river takes that river out, names it, and leaves the others working."""

import shutil

import pytest

from config import ROOT
from data.region_pack.faults import RegionPackError
from data.region_pack.isolation import load_isolating
from data.region_pack.loader import load_region
from services.flood.cycle import run_cycle
from services.flood.model import State
from services.flood.network import build_network
from services.simulation.truth import build_truth
from tests.unit.services.flood.scenario import NOW, flat

MYK = ROOT / "data" / "regions" / "myk"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(MYK, tmp_path / "myk")


def change(folder, table, old, new):
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


REACH = "saynbach-06,saynbach,18.3,12.2,0.00795,7,"
GAUGE = "iot-breitenau,Breitenau,saynbach,"
RIVER = "saynbach,Saynbach,"
FAULTS = {
    "zero slope": ("reaches", REACH, "saynbach-06,saynbach,18.3,12.2,0,7,"),
    "missing width": ("reaches", REACH, REACH.replace(",7,", ",,")),
    "gauge on no reach": ("gauges", f"{GAUGE}21,", f"{GAUGE}99,"),
    "thresholds out of order": ("thresholds", "iot-breitenau,alarm,", "iot-breitenau,alarm,0."),
    "river in a circle": ("rivers", f"{RIVER},,42.7", f"{RIVER}brexbach,1,42.7"),
    "negative length": ("rivers", f"{RIVER},,42.7", f"{RIVER},,-1"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_river_is_named_and_left_out_and_the_others_stay(folder, name):
    change(folder, *FAULTS[name])
    with pytest.raises(RegionPackError):
        load_region(folder)
    pack = load_isolating(folder)

    assert "saynbach" in pack.isolated
    assert FAULTS[name][0] in pack.isolated["saynbach"]
    assert set(pack.isolated) <= {"saynbach", "brexbach"}
    assert not any(row.river_id == "saynbach" for row in (*pack.gauges, *pack.reaches))
    assert sum(row.river_id == "nette" for row in pack.gauges) == sum(
        row.river_id == "nette" for row in load_region(MYK).gauges
    )


def test_its_villages_are_unknown_with_the_reason_and_the_others_are_computed(folder):
    change(folder, *FAULTS["zero slope"])
    network = build_network(load_isolating(folder))
    quiet = {name: flat(0.4) for name in network.gauges}
    result = run_cycle(network, quiet, {}, NOW, members=50)
    states = {(v.place_id, v.river_id): v for v in result.villages}

    isenburg = states["isenburg", "saynbach"]
    assert isenburg.state is State.UNBEKANNT
    assert "Saynbach ist falsch eingerichtet" in isenburg.sentence
    assert "kein Pegel oberhalb" not in isenburg.sentence
    assert states["mayen", "nette"].state is State.OK
    assert any("saynbach" in fault for fault in result.faults)


def test_a_pack_without_faults_is_the_same_either_way():
    assert load_isolating(MYK) == load_region(MYK)


def test_a_fault_of_no_river_is_still_refused(folder):
    change(folder, "municipalities", "07137", "99")

    with pytest.raises(RegionPackError):
        load_isolating(folder)


def test_levels_of_a_gauge_that_nobody_knows_are_left_out_alone(folder):
    change(folder, "thresholds", "iot-breitenau,voralarm", "iot-nirgends,voralarm")
    pack = load_isolating(folder)

    assert not any(row.gauge_id == "iot-nirgends" for row in pack.thresholds)
    assert set(pack.isolated) == {"saynbach"}


def test_the_simulation_runs_without_the_river(folder):
    change(folder, *FAULTS["zero slope"])
    rivers = {river for river, _ in build_truth(load_isolating(folder)).cell_ids}

    assert "saynbach" not in rivers
    assert {"nette", "brexbach"} <= rivers


def test_when_no_river_is_left_the_pack_is_refused(folder):
    path = folder / "rivers.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    broken = [line.replace(line.split(",")[1], "", 1) for line in lines[1:]]
    path.write_text("\n".join([lines[0], *broken]) + "\n", encoding="utf-8")

    with pytest.raises(RegionPackError):
        load_isolating(folder)
