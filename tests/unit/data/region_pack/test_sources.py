"""`sources.toml`: what the shipped one holds, and what the check refuses."""

import pytest

from data.region_pack.faults import RegionPackError
from data.region_pack.sources import load_sources
from services.sources.kinds import KINDS, source_faults
from services.sources.registry import COLLECTORS

ENTRY = """
[[source]]
id = "a"
kind = "dwd-station"
title = "A"
url = "https://example.org/a"
every_min = 30
enabled = true
publisher = "P"
licence = "L"
agreement = "open"
options = { station_id = "10506", name = "A", lat = 50.3, lon = 7.0 }
"""


def faults(tmp_path, text):
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    try:
        return [str(fault) for fault in source_faults(load_sources(tmp_path))]
    except RegionPackError as error:
        return [str(fault) for fault in error.faults]


def test_a_region_without_the_file_has_no_sources(tmp_path):
    assert load_sources(tmp_path) == ()


def test_the_shipped_sources_are_in_order_and_what_is_not_agreed_is_off(region_dir):
    found = load_sources(region_dir)
    assert list(source_faults(found)) == []
    assert {item.kind for item in found} == set(KINDS)
    assert [item.id for item in found if item.enabled and item.agreement == "missing"] == []
    [portal] = [item for item in found if item.kind == "lhp"]
    assert (portal.enabled, portal.agreement) == (False, "missing")


def test_every_polled_kind_has_somebody_who_visits_it():
    assert {name for name, kind in KINDS.items() if kind.is_polled} == set(COLLECTORS)


def test_a_good_entry_has_no_fault(tmp_path):
    assert faults(tmp_path, ENTRY) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[[source]]", "[[source]", "sources.toml: "),
        ("every_min = 30", "every_min = 0", "source.0.every_min"),
        ("every_min = 30", "", "source.0.every_min: fehlt"),
        ('title = "A"', 'title = "A"\nfarbe = 1', "source.0.farbe: unbekannte Angabe"),
        ("https://", "ftp://", "source.0.url"),
        ("dwd-station", "wetter", "a.kind: „wetter“ gibt es nicht"),
        ('url = "https://example.org/a"', "", "a.url: fehlt"),
        ("lat = 50.3", "lat = 500.3", "a.options.lat"),
        ("lat = 50.3,", "", "a.options.lat: fehlt"),
        ('"open"', '"missing"', "a.agreement: ohne Vereinbarung"),
    ],
)
def test_a_fault_is_named_with_source_and_key(tmp_path, old, new, words):
    found = faults(tmp_path, ENTRY.replace(old, new))
    assert any(words in fault for fault in found), found
    assert all(fault.startswith("sources.toml") for fault in found)


def test_an_id_twice_is_refused(tmp_path):
    assert "steht zweimal da" in faults(tmp_path, ENTRY * 2)[0]
