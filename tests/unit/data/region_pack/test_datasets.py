"""A catalogue that is wrong is refused with file, entry and reason; the shipped one is right."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from data.region_pack.datasets import FILE, load_datasets
from data.region_pack.faults import RegionPackError

VALIDATION = Path(__file__).resolve().parents[3] / "validation_region"
CATALOGUE = """
[catalogue]
title = "Offene Daten"
description = "Alles"
publisher = "kreis"
contact_name = "Kreis"
contact_url = "https://example.org"

[[provider]]
id = "kreis"
name = "Kreis"
"""
DATASET = """
[[dataset]]
id = "pegel"
title = "Pegel"
summary = "Werte"
description = "Werte der Pegel"
provider = "kreis"
holds = "series"
things = ["gauge"]
properties = ["stage"]
licence = "dl-by-de/2.0"
attribution = "Kreis"
themes = ["ENVI"]
keywords = ["Pegel"]
frequency = "15MIN"
interval_min = 15
issued = 2026-11-01
"""


def write(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_catalogue_is_in_order(region_dir):
    found = load_datasets(region_dir)
    assert {row.holds for row in found.dataset} == {
        "series", "gauges", "thresholds", "lead-times", "municipalities", "stops", "boundaries",
    }  # fmt: skip


def test_a_region_without_the_file_has_no_catalogue(tmp_path):
    assert load_datasets(tmp_path) is None


def test_a_new_data_set_is_configuration(tmp_path):
    found = load_datasets(write(tmp_path, CATALOGUE + DATASET))
    assert [row.id for row in found.dataset] == ["pegel"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "pegel"', 'id = "quellen"', "ist der Name einer Seite"),
        ('provider = "kreis"', 'provider = "wer"', "„wer“ ist kein provider"),
        ('licence = "dl-by-de/2.0"', 'licence = "frei"', "nicht erlaubt, möglich sind"),
        ('themes = ["ENVI"]', 'themes = ["UMWELT"]', "nicht erlaubt"),
        ('themes = ["ENVI"]', "themes = []", "weniger als 1 Angaben"),
        ('things = ["gauge"]', "things = []", "eine Zeitreihe nennt things"),
        ("interval_min = 15", "", "Abstand zweier Werte"),
        ('holds = "series"', 'holds = "stops"', "Stand der Tabelle"),
        ("issued = 2026-11-01", 'issued = "bald"', "kein Datum"),
        ("issued = 2026-11-01", "", "fehlt"),
        ('title = "Pegel"', 'title = "Pegel"\nfarbe = "blau"', "unbekannte Angabe"),
    ],
)
def test_a_fault_names_entry_and_reason(tmp_path, old, new, words):
    assert old in DATASET
    with pytest.raises(RegionPackError) as refused:
        load_datasets(write(tmp_path, CATALOGUE + DATASET.replace(old, new)))
    assert any(
        words in str(fault) and str(fault).startswith(FILE) for fault in refused.value.faults
    )


def test_a_data_set_stands_once(tmp_path):
    with pytest.raises(RegionPackError, match="steht zweimal da"):
        load_datasets(write(tmp_path, CATALOGUE + DATASET + DATASET))


def test_broken_toml_and_a_folder_are_refused(tmp_path):
    with pytest.raises(RegionPackError):
        load_datasets(write(tmp_path, "[catalogue"))
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()
    with pytest.raises(RegionPackError, match="Ordner"):
        load_datasets(tmp_path)


def test_region_check_names_the_fault(tmp_path):
    pack = tmp_path / "pack"
    shutil.copytree(VALIDATION, pack)
    assert CliRunner().invoke(main, ["region", "check", str(pack)]).exit_code == 0
    write(pack, CATALOGUE + DATASET.replace('"ENVI"', '"UMWELT"'))
    answer = CliRunner().invoke(main, ["region", "check", str(pack)])
    assert answer.exit_code == 1
    assert f"{FILE}, Spalte dataset.0.themes.0: nicht erlaubt" in answer.output
