"""Rows of the alarm plan: what is wrong in one is named, and the rest of the plan stays."""

import shutil

import pytest

from data.region_pack.faults import RegionPackError
from data.region_pack.loader import load_region
from services.region import open_region

HEAD = (
    "measure_id,level,river_id,place_id,order,actor,what,document,maintained_by,source,confidence"
)


@pytest.fixture
def folder(region_dir, tmp_path):
    made = tmp_path / "region"
    shutil.copytree(region_dir, made)

    def with_row(row):
        (made / "measures.csv").write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
        return made

    return with_row


def test_the_shipped_plan_is_marked_as_provisional_and_names_no_river_twice(region):
    rows = region.pack.measures
    assert {row.level for row in rows} == {"voralarm", "warnung", "alarm"}
    assert all("estimate" in row.confidence for row in rows)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("m,alarm,nette,gibt-es-nicht,1,Wehr,Tun,,x,x,x", "place_id"),
        ("m,alarm,,mayen,1,Wehr,Tun,,x,x,x", "river_id"),
        ("m,alarm,saynbach,mayen,1,Wehr,Tun,,x,x,x", "place_id"),
        ("m,sofort,,,1,Wehr,Tun,,x,x,x", "level"),
        ("m,alarm,,,1,Wehr,Tun,http://unsicher.example,x,x,x", "document"),
        ("m,alarm,,,1,,Tun,,x,x,x", "actor"),
    ],
)
def test_a_faulty_row_is_named(folder, row, column):
    with pytest.raises(RegionPackError) as refused:
        load_region(folder(row))
    assert ("measures.csv", column) in {(item.file, item.column) for item in refused.value.faults}


def test_a_faulty_row_stops_no_product(folder):
    region = open_region(folder("m,alarm,saynbach,mayen,1,Wehr,Tun,,x,x,x"), simulated=True)
    assert region.pack.measures == ()
    assert region.pack.isolated == {}
