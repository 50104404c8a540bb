"""A rating curve with a fault is refused with file, row, column and reason."""

import shutil

import pytest

from config import ROOT
from data.region_pack.faults import RegionPackError
from data.region_pack.isolation import load_isolating
from data.region_pack.loader import load_region

MYK = ROOT / "data" / "regions" / "myk"
HEAD = "gauge_id,from_m,a,h0_m,b,sigma_rel,valid_to_m,source,confidence\n"
LOW = "iot-nitz,0.2,5,0.1,1.8,0.15,1.5,test,high\n"
HIGH = "iot-nitz,1.1,5,0.1,1.8,0.15,1.5,test,high\n"

FAULTS = {
    "an unknown gauge": (LOW.replace("iot-nitz", "nowhere"), 2, "gauge_id", "nirgends angelegt"),
    "a zero above the segment": (LOW.replace(",0.1,", ",0.2,"), 2, "h0_m", "nicht unter from_m"),
    "a jump of a fifth": (LOW + HIGH.replace(",5,", ",6,"), 3, "a", "springt der Abfluss"),
    "segments upside down": (HIGH + LOW, 3, "from_m", "steigen nicht"),
    "an exponent beyond four": (LOW.replace(",1.8,", ",4.5,"), 2, "b", "4"),
    "two highest gaugings": (LOW + HIGH.replace("1.5,", "1.6,"), 3, "valid_to_m", "je Pegel"),
    "a gauging below the curve": (LOW.replace("1.5,", "0.2,"), 2, "valid_to_m", "nicht über"),
}


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(MYK, tmp_path / "myk")


def write(folder, text):
    (folder / "ratings.csv").write_text(HEAD + text, encoding="utf-8")


@pytest.mark.parametrize("name", FAULTS)
def test_a_rating_with_a_fault_is_refused(folder, name):
    text, line, column, reason = FAULTS[name]
    write(folder, text)
    with pytest.raises(RegionPackError) as caught:
        load_region(folder)

    assert any(
        fault.file == "ratings.csv"
        and (fault.row, fault.column) == (line, column)
        and reason in fault.reason
        for fault in caught.value.faults
    ), caught.value.faults


def test_a_gauge_of_discharge_has_no_rating(folder):
    gauges = folder / "gauges.csv"
    text = gauges.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("iot-nitz,"))
    gauges.write_text(text.replace(row, row.replace(",stage,", ",discharge,")), encoding="utf-8")
    write(folder, LOW)
    with pytest.raises(RegionPackError, match="braucht keine Abflusskurve"):
        load_region(folder)


def test_a_sound_rating_is_read(folder):
    write(folder, LOW + HIGH.replace(",5,", ",5.3,"))

    assert [row.from_m for row in load_region(folder).ratings] == [0.2, 1.1]


def test_in_operation_a_faulty_rating_takes_out_its_river_only(folder):
    write(folder, LOW.replace(",0.1,", ",0.2,"))
    pack = load_isolating(folder)

    assert set(pack.isolated) == {"nitzbach"}
    assert pack.ratings == ()
