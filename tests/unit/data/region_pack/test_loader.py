import shutil

import pytest

from data.region_pack.faults import RegionPackError
from data.region_pack.loader import load_region


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
        load_region(folder)
    return [str(fault) for fault in caught.value.faults]


def test_the_shipped_region_is_in_order_and_complete(region_dir):
    pack = load_region(region_dir)
    assert len(pack.municipalities) == 87
    assert sum(row.pop_2020 for row in pack.municipalities) == 214_786
    assert len(pack.rivers) == 7
    assert len(pack.exposures) == 51
    assert all(row.provisional for row in pack.thresholds)
    assert {row.owner for row in pack.thresholds} == {"Schätzung, nicht bestätigt"}


def test_every_row_names_its_source(region_dir):
    pack = load_region(region_dir)
    for table in ("municipalities", "rivers", "reaches", "gauges", "thresholds", "places"):
        assert all(row.source and row.confidence for row in getattr(pack, table)), table


def test_a_wrong_number_names_file_row_column_and_value(pack_copy):
    change(pack_copy, "municipalities.csv", "3.79", "viel")
    [fault] = faults_of(pack_copy)
    assert fault.startswith("municipalities.csv, Zeile 2, Spalte area_km2")
    assert "'viel'" in fault


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ma\u202eyen", "unsichtbares Zeichen (U+202E)"),
        ("Ma\u200byen", "unsichtbares Zeichen (U+200B)"),
        ("@@=Mayen", "beginnt mit @@"),
    ],
)
def test_a_name_that_people_cannot_read_or_maps_would_run_is_refused(pack_copy, name, words):
    change(pack_copy, "places.csv", "weibern,Weibern,", f"weibern,{name},")
    [fault] = faults_of(pack_copy)
    assert "places.csv" in fault
    assert "name" in fault
    assert words in fault


def test_a_missing_column_is_named_once(pack_copy):
    change(pack_copy, "rivers.csv", "river_id,name,", "river_id,nam,")
    faults = faults_of(pack_copy)
    assert "rivers.csv, Zeile 1, Spalte name: diese Spalte fehlt" in faults
    assert "rivers.csv, Zeile 1, Spalte nam: unbekannte Spalte" in faults


def test_a_missing_required_file_and_a_missing_folder_are_faults(pack_copy):
    (pack_copy / "gauges.csv").unlink()
    assert "gauges.csv: die Datei fehlt" in faults_of(pack_copy)
    assert "region.toml: der Ordner fehlt" in faults_of(pack_copy / "nowhere")


def test_a_place_that_does_not_exist_is_named_where_it_is_used(pack_copy):
    change(pack_copy, "exposures.csv", "hohenleimbach,nette", "nirgendwo,nette")
    assert any(
        "exposures.csv, Zeile 2, Spalte place_id: „nirgendwo“" in f for f in faults_of(pack_copy)
    )


def test_thresholds_out_of_order_are_a_fault(pack_copy):
    change(pack_copy, "thresholds.csv", "iot-nitz,alarm,1.25", "iot-nitz,alarm,0.10")
    assert any("Voralarm < Warnung < Alarm gilt nicht" in fault for fault in faults_of(pack_copy))


def test_a_doubled_row_is_a_fault(pack_copy):
    path = pack_copy / "rivers.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    assert any("doppelt, schon in Zeile 2" in fault for fault in faults_of(pack_copy))


def test_a_river_that_flows_into_itself_is_a_fault(pack_copy):
    change(pack_copy, "rivers.csv", "nette,Nette,,,", "nette,Nette,nitzbach,1,")
    assert any("mündet im Kreis" in fault for fault in faults_of(pack_copy))


def test_a_gap_between_reaches_is_a_fault(pack_copy):
    change(pack_copy, "reaches.csv", "nette-02,nette,48.9", "nette-02,nette,48.5")
    assert any("schließt nicht an" in fault for fault in faults_of(pack_copy))


def test_a_file_that_is_not_text_is_a_fault_not_a_crash(pack_copy):
    (pack_copy / "places.csv").write_bytes(b"\xff\xfe\x00broken")
    assert any("nicht lesbar als CSV in UTF-8" in fault for fault in faults_of(pack_copy))


def test_infinite_and_missing_numbers_are_refused(pack_copy):
    change(pack_copy, "reaches.csv", "0.01698", "nan")
    assert any("Spalte slope" in fault for fault in faults_of(pack_copy))


def test_all_faults_are_collected_not_just_the_first(pack_copy):
    change(pack_copy, "municipalities.csv", "3.79", "viel")
    change(pack_copy, "reaches.csv", "0.01698", "steil")
    assert len(faults_of(pack_copy)) == 2
