"""The page on region packs is complete, right, and enough to write one."""

import json
import tomllib
from typing import Any, Literal, get_args, get_origin

import pytest
from click.testing import CliRunner
from pydantic import BaseModel, ValidationError

from cli import main
from data.region_pack.alarms import (
    AlarmFile,
    ChainEntry,
    LimitEntry,
    QuietEntry,
    RiseEntry,
    RuleEntry,
    StepEntry,
)
from data.region_pack.datasets import CatalogueInfo, DatasetFile, DatasetRow, ProviderRow
from data.region_pack.model import RegionInfo
from data.region_pack.quality import PropertyLimits, QualityFile, StreamLimits
from data.region_pack.scenarios import RainPulse, Scenario, ScenarioFile, SensorFault
from data.region_pack.sources import SourceEntry, SourceFile
from data.region_pack.tables import TABLES
from services.region import open_region
from tests.contract.docs.markdown import blocks, code, table, text_of

PAGE = text_of("region-packs.md")
HEADER = ("file", "column", "unit or format", "required", "example", "meaning")
ROWS = table(PAGE, *HEADER)
TOML = {
    "region.toml",
    "scenarios.toml",
    "sources.toml",
    "datasets.toml",
    "quality.toml",
    "alarms.toml",
}


def fields() -> dict[tuple[str, str], tuple[type[BaseModel], str]]:
    """Return every column of every file with its model and field."""
    found: dict[tuple[str, str], tuple[type[BaseModel], str]] = {}
    for item in TABLES:
        found |= {(item.file, name): (item.row, name) for name in item.row.model_fields}
    found |= {("region.toml", name): (RegionInfo, name) for name in RegionInfo.model_fields}
    found |= {
        ("sources.toml", f"source.{name}"): (SourceEntry, name) for name in SourceEntry.model_fields
    }
    for model, prefix in (
        (Scenario, "scenario"),
        (RainPulse, "scenario.rain"),
        (SensorFault, "scenario.faults"),
    ):
        found |= {
            ("scenarios.toml", f"{prefix}.{name}"): (model, name) for name in model.model_fields
        }
    for entry, prefix in (
        (CatalogueInfo, "catalogue"),
        (ProviderRow, "provider"),
        (DatasetRow, "dataset"),
    ):
        found |= {
            ("datasets.toml", f"{prefix}.{name}"): (entry, name) for name in entry.model_fields
        }
    for limits, prefix in ((PropertyLimits, "property"), (StreamLimits, "datastream")):
        found |= {
            ("quality.toml", f"{prefix}.{name}"): (limits, name) for name in limits.model_fields
        }
    for part, prefix in (
        (RuleEntry, "rule"),
        (RiseEntry, "rise"),
        (LimitEntry, "limit"),
        (ChainEntry, "chain"),
        (StepEntry, "chain.step"),
        (QuietEntry, "quiet"),
    ):
        found |= {("alarms.toml", f"{prefix}.{name}"): (part, name) for name in part.model_fields}
    return found


FIELDS = fields()
DOCUMENTED = {(code(row["file"]), code(row["column"])): row for row in ROWS}


def is_refused(model: type[BaseModel], name: str, value: object) -> bool:
    try:
        model.model_validate({name: value})
    except ValidationError as error:
        return any(item["loc"][0] == name for item in error.errors())
    return False


def required(file: str, model: type[BaseModel], name: str) -> str:
    is_required = model.model_fields[name].is_required()
    if file in TOML:
        return "yes" if is_required else "no"
    if is_refused(model, name, ""):
        return "yes" if is_required else "no, not empty"
    return "yes, may be empty" if is_required else "no"


def choices(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return ("true", "false") if annotation is bool else ()


def test_every_column_is_documented_once_and_no_other():
    assert len(ROWS) == len(DOCUMENTED)
    assert set(DOCUMENTED) == set(FIELDS)
    assert set(ScenarioFile.model_fields) == {"scenario"}
    assert set(SourceFile.model_fields) == {"source"}
    assert set(QualityFile.model_fields) == {"property", "datastream"}
    assert set(AlarmFile.model_fields) == {"rule", "rise", "limit", "chain", "quiet"}
    assert set(DatasetFile.model_fields) == {"catalogue", "provider", "dataset"}


@pytest.mark.parametrize("key", sorted(FIELDS), ids="/".join)
def test_a_column_is_described_as_the_program_reads_it(key):
    model, name = FIELDS[key]
    row = DOCUMENTED[key]
    assert row["required"] == required(key[0], model, name)
    example = code(row["example"])
    value = tomllib.loads(f"x = {example}")["x"] if key[0] in TOML else example
    assert not is_refused(model, name, value)
    assert all(row[column] for column in HEADER)
    for choice in choices(model.model_fields[name].annotation):
        assert f"`{choice}`" in row["unit or format"]


def test_every_file_is_listed_with_its_key():
    listed = {
        code(row["file"]): row
        for row in table(PAGE, "file", "rows are", "key (unique)", "needed for")
    }
    assert set(listed) == {item.file for item in TABLES} | TOML
    for item in TABLES:
        assert listed[item.file]["key (unique)"] == ", ".join(f"`{name}`" for name in item.key)
        assert (listed[item.file]["needed for"] == "everything") is item.required


@pytest.fixture
def example(tmp_path):
    """The worked example of the page, in a folder of its own."""
    for name, body in blocks(PAGE).items():
        (tmp_path / name).write_text(body, encoding="utf-8")
    return tmp_path


def test_the_worked_example_passes_the_check(example):
    answer = CliRunner().invoke(main, ["region", "check", str(example)])
    assert answer.exit_code == 0, answer.output
    assert answer.output.strip() in PAGE


def test_the_worked_example_runs_a_hindcast(example):
    arguments = ["hindcast", str(example), str(example / "observations.csv"), "--json"]
    answer = CliRunner().invoke(main, [*arguments, "--timezone", "Europe/Berlin"])
    assert answer.exit_code == 0, answer.output
    report = json.loads(answer.output)
    [pair] = report["pairs"]
    assert (pair["upper"], pair["lower"], pair["distance_km"]) == ("oben", "unten", 12.0)
    assert pair["matched"] == 2
    assert report["pooled"]["engine"]["n"] == 1
    assert report["pooled"]["engine"]["median_abs_error_min"] < 15


def test_a_hindcast_needs_no_more_than_the_page_says(example):
    needed = {"region.toml", "rivers.csv", "gauges.csv", "observations.csv"}
    for path in example.iterdir():
        if path.name not in needed:
            path.unlink()
    assert len(list(example.iterdir())) == len(needed)
    arguments = ["hindcast", str(example), str(example / "observations.csv"), "--json"]
    assert CliRunner().invoke(main, arguments).exit_code == 0


def test_the_worked_example_gives_the_village_two_gauges_above(example):
    region = open_region(example, simulated=False)
    [village] = region.network.villages
    assert [(path.gauge_id, path.distance_km) for path in village.paths] == [
        ("unten", 3.0),
        ("oben", 15.0),
    ]
    assert region.connected == {"oben", "unten"}
