"""A pack that is well formed and dangerous is refused with file, row, column and reason."""

import shutil

import pytest

from data.region_pack.faults import RegionPackError
from data.region_pack.loader import load_region
from data.region_pack.scenarios import load_scenarios

SECOND_SENSOR = (
    "dev_eui,gauge_id,observed_property,decoder,path,unit,mount_height_m,offset_m,simulated,source\n"
    "70b3d57ed00000ff,iot-nitz,stage,,level_cm,cm,,0,true,test\n"
)
SENSORS_HEAD = SECOND_SENSOR.splitlines(keepends=True)[0]

DANGERS = {
    "a distance without mount height": (
        "sensors.csv",
        ("distance,mm,4.2,", "distance,mm,,"),
        "sensors.csv, Zeile 2, Spalte mount_height_m: fehlt, obwohl „distance“ ein Abstand",
    ),
    "a distance of a foreign codec without mount height": (
        "sensors.csv",
        ("water.distance_mm,mm,4.6,", "water.distance_mm,mm,,"),
        "sensors.csv, Zeile 6, Spalte mount_height_m: fehlt",
    ),
    "a negative mount height": (
        "sensors.csv",
        ("distance,mm,4.2,", "distance,mm,-4.2,"),
        "sensors.csv, Zeile 2, Spalte mount_height_m: nicht größer als 0",
    ),
    "an empty range": (
        "gauges.csv",
        ("stage,35,,0,6.0,", "stage,35,,6.0,6.0,"),
        "gauges.csv, Zeile 2, Spalte range_max: 6 liegt nicht über range_min",
    ),
    "a threshold that is out of range": (
        "thresholds.csv",
        ("iot-nitz,alarm,1.25", "iot-nitz,alarm,125"),
        "thresholds.csv, Zeile 4, Spalte value: 125 liegt außerhalb des Messbereichs 0 bis 6",
    ),
    "a pair's level that is out of range": (
        "pairs.csv",
        ("alarm,1.54,", "alarm,154,"),
        "Spalte value: 154 liegt außerhalb des Messbereichs 0 bis 6",
    ),
    "a date that does not exist": (
        "thresholds.csv",
        ("2026-11-01", "2026-13-41"),
        "thresholds.csv, Zeile 2, Spalte since: dieses Datum gibt es nicht",
    ),
    "a second sensor of a gauge": (
        "sensors.csv",
        (SENSORS_HEAD, SECOND_SENSOR),
        "sensors.csv, Zeile 3, Spalte gauge_id: der Pegel iot-nitz hat schon einen Sensor",
    ),
    "a gauge with a sensor and no kilometre": (
        "gauges.csv",
        ("nitzbach,16,", "nitzbach,,"),
        "gauges.csv, Zeile 2, Spalte river_km: fehlt, obwohl der Pegel einen Sensor hat",
    ),
    "a place of an unknown municipality": (
        "places.csv",
        ("07137106", "07137999"),
        "places.csv, Zeile 4, Spalte ags: „07137999“ steht nicht in municipalities.csv",
    ),
    "a stop of an unknown municipality": (
        "stops.csv",
        ("07137216", "07137999"),
        "stops.csv, Zeile 2, Spalte ags: „07137999“ steht nicht in municipalities.csv",
    ),
    "a negative population": (
        "municipalities.csv",
        ("3.79,74,", "3.79,-74,"),
        "municipalities.csv, Zeile 2, Spalte pop_2011: kleiner als 0",
    ),
    "a negative population of a place": (
        "places.csv",
        (",377,", ",-377,"),
        "places.csv, Zeile 2, Spalte municipality_population: kleiner als 0",
    ),
    "a wave that runs uphill": (
        "lags.csv",
        ("30.7,4.6,", "4.6,30.7,"),
        "lags.csv, Zeile 2, Spalte from_km: muss oberhalb von to_km liegen",
    ),
    "a pair for a place above its gauge": (
        "pairs.csv",
        ("iot-nitz,st-johann-buerresheim,nette,voralarm", "iot-nitz,weibern,nette,voralarm"),
        "pairs.csv, Zeile 2, Spalte place_id: „weibern“ liegt nicht unterhalb des Pegels iot-nitz",
    ),
    "a pair for a place that is not on the river": (
        "pairs.csv",
        ("st-johann-buerresheim,nette,voralarm", "st-johann-buerresheim,elzbach,voralarm"),
        "pairs.csv, Zeile 2, Spalte place_id: „st-johann-buerresheim“ hat an „elzbach“ keine Zeile",
    ),
    "reaches that begin below the source": (
        "reaches.csv",
        ("nette-01,nette,55,", "nette-01,nette,54,"),
        "reaches.csv, Zeile 2, Spalte from_km: die oberste Strecke von „nette“ beginnt nicht",
    ),
    "an address that is none": (
        "region.toml",
        ('"https://www.hochwasser.rlp.de"', '"javascript:alert(1)"'),
        "region.toml, Spalte official_service_url: passt nicht zum Muster",
    ),
}


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


def faults_of(folder, load=load_region):
    with pytest.raises(RegionPackError) as caught:
        load(folder)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("danger", DANGERS)
def test_a_dangerous_pack_is_refused_where_it_is_wrong(pack_copy, danger):
    name, (old, new), words = DANGERS[danger]
    change(pack_copy, name, old, new)
    assert any(words in fault for fault in faults_of(pack_copy)), faults_of(pack_copy)


def test_a_simulated_and_a_real_sensor_may_stand_side_by_side(pack_copy):
    real = SECOND_SENSOR.replace(",true,", ",false,")
    change(pack_copy, "sensors.csv", SENSORS_HEAD, real)
    assert len(load_region(pack_copy).sensors) == 21


def test_a_place_outside_the_region_needs_no_municipality(pack_copy):
    change(pack_copy, "places.csv", "07131206", "07131999")
    assert load_region(pack_copy).places[0].ags == "07131999"


def test_a_fault_that_ends_before_it_begins_is_refused(pack_copy):
    text = (
        '[[scenario]]\nid = "x"\ntitle = "x"\ndescription = "x"\n'
        "start = 2021-07-13T00:00:00Z\nplay_from = 2021-07-14T00:00:00Z\n"
        "end = 2021-07-15T00:00:00Z\n[[scenario.faults]]\ngauges = []\n"
        "start = 2021-07-14T04:00:00Z\nend = 2021-07-14T04:00:00Z\n"
    )
    (pack_copy / "scenarios.toml").write_text(text, encoding="utf-8")
    [fault] = faults_of(pack_copy, load_scenarios)
    assert fault.startswith("scenarios.toml, Spalte scenario.0.faults.0: start < end gilt nicht")


@pytest.mark.parametrize("name", ["stops.csv", "gauges.csv", "region.toml"])
def test_a_folder_in_place_of_a_file_is_named(pack_copy, name):
    (pack_copy / name).unlink()
    (pack_copy / name).mkdir()
    assert f"{name}: ist ein Ordner, keine Datei" in faults_of(pack_copy)


def test_a_folder_in_place_of_the_events_is_named(tmp_path):
    (tmp_path / "scenarios.toml").mkdir()
    assert faults_of(tmp_path, load_scenarios) == ["scenarios.toml: ist ein Ordner, keine Datei"]


@pytest.mark.parametrize("name", ["rivers.csv", "region.toml", "scenarios.toml"])
def test_a_byte_order_mark_makes_no_difference(pack_copy, name):
    path = pack_copy / name
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(load_region(pack_copy).rivers) == 7
    assert load_scenarios(pack_copy)


def test_a_file_with_semicolons_is_told_of_the_comma(pack_copy):
    path = pack_copy / "rivers.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    [fault] = [item for item in faults_of(pack_copy) if item.startswith("rivers.csv")]
    assert fault.startswith("rivers.csv, Zeile 1: Trennzeichen ist das Komma")
