"""The catalogue tells what is there, how old it is, and gives the cited numbers again."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest

from data.thresholds import ChangeRow
from services.catalogue.model import Timeliness
from services.errors import BadParameterError, UnknownDatasetError
from services.thresholds.in_effect import InEffect
from tests.unit.services.catalogue.conftest import NOW, at, store

READINGS = "pegel-messwerte"


def rows_of(catalogue, dataset=READINGS, **args):
    found = catalogue.download(dataset, "csv", args)
    with found.stream as stream:
        return list(csv.DictReader(io.StringIO(stream.read().decode())))


def view_of(catalogue, dataset):
    return next(v for v in catalogue.overview().datasets if v.row.id == dataset)


def test_a_series_is_current_until_two_of_its_intervals_have_passed(catalogue):
    view = view_of(catalogue, READINGS)
    assert (view.timeliness, view.age_min) == (Timeliness.CURRENT, 15.0)
    late = at(catalogue, NOW + timedelta(minutes=16))
    assert view_of(late, READINGS).timeliness is Timeliness.STALE


def test_a_series_without_values_has_no_data_and_its_provider_is_not_connected(catalogue):
    assert view_of(catalogue, "regen-einzugsgebiete").timeliness is Timeliness.EMPTY
    connected = {row.provider_id: row.is_connected for row in catalogue.overview().providers}
    assert not connected["dwd"]
    assert connected["kreis"]


def test_a_missing_value_stays_empty_and_keeps_its_flag(catalogue):
    found = [row for row in rows_of(catalogue) if row["thing_id"] == "iot-bermel"]
    assert [(row["value"], row["qartod_flag"]) for row in found] == [("0.5", "3"), ("", "9")]


def test_a_citation_brings_back_the_same_numbers_after_a_correction(catalogue, sessions):
    detail = catalogue.dataset(READINGS)
    cited = dict(parse_qsl(detail.cite_query))
    before = rows_of(catalogue, **cited)
    late = at(catalogue, NOW + timedelta(hours=1))
    store(sessions, [("iot-nitz", 30, 9.99, 1, -5), ("iot-nitz", 25, 8.88, 1, -5)])
    assert rows_of(late, **cited) == before
    now = {row["value"] for row in rows_of(late)}
    assert {"9.99", "8.88"} <= now
    page = late.dataset(READINGS, cited)
    assert {record.values[4] for record in page.preview}.isdisjoint({9.99, 8.88})
    assert page.cite_query == detail.cite_query
    assert page.cited_words in page.cite_text


def test_a_citation_names_only_what_was_settled(catalogue):
    cited = dict(parse_qsl(catalogue.dataset(READINGS).cite_query))
    assert cited["as_of"] == "2026-11-28T11:50:00Z"
    assert "as_of=2026-11-28T11:50:00Z" in catalogue.dataset(READINGS).cite_text


def test_quality_counts_what_came_against_what_was_expected(catalogue):
    found = catalogue.dataset(READINGS).quality
    assert (found.arrived, found.good, found.suspect, found.failed) == (9, 8, 1, 0)
    assert found.expected == 2 * 30 * 24 * 4


def test_a_preview_shows_the_newest_rows_first(catalogue):
    times = [record.values[3] for record in catalogue.dataset(READINGS).preview]
    assert times == sorted(times, reverse=True)
    assert len(times) == 10


def test_one_gauge_or_one_municipality_can_be_asked_for(catalogue):
    assert {row["thing_id"] for row in rows_of(catalogue, gauge="iot-bermel")} == {"iot-bermel"}
    [found] = rows_of(catalogue, "bevoelkerung", municipality="07137003")
    assert found["name"] == "Andernach"
    assert {row["gauge_id"] for row in rows_of(catalogue, "pegel-schwellen", gauge="iot-nitz")} == {
        "iot-nitz"
    }


@pytest.mark.parametrize(
    ("dataset", "args"),
    [
        (READINGS, {"gauge": "weg"}),
        (READINGS, {"property": "rain"}),
        ("bevoelkerung", {"municipality": "1"}),
        ("pegel-schwellen", {"gauge": "weg"}),
        ("bevoelkerung", {"as_of": "2026-11-01"}),
    ],
)
def test_what_is_not_there_is_refused_with_a_sentence(catalogue, dataset, args):
    with pytest.raises(BadParameterError, match=next(iter(args))):
        catalogue.download(dataset, "csv", args)


def test_unknown_data_sets_and_formats_are_refused(catalogue):
    with pytest.raises(UnknownDatasetError):
        catalogue.download("weg", "csv", {})
    with pytest.raises(UnknownDatasetError, match="csv, geojson"):
        catalogue.download("bevoelkerung", "nc", {})


def test_a_withdrawn_data_set_still_counts_for_its_year(catalogue, region):
    kept = region.catalogue.model_copy(update={"dataset": region.catalogue.dataset[1:]})
    later = replace(catalogue, region=replace(region, catalogue=kept))
    later.register()
    [year] = later.overview().years
    assert (year.year, year.new, year.withdrawn) == (2026, len(region.catalogue.dataset), 1)
    catalogue.register()
    assert catalogue.overview().years[0].withdrawn == 0


def test_a_region_without_a_catalogue_has_none(catalogue, region):
    bare = replace(catalogue, region=replace(region, catalogue=None))
    assert bare.overview().datasets == ()
    with pytest.raises(UnknownDatasetError):
        bare.dataset(READINGS)


def test_the_description_names_licence_columns_quality_and_moment(catalogue):
    told = catalogue.metadata(READINGS, {"as_of": "2026-11-28T11:00:00Z"})
    assert told["license"] == "http://dcat-ap.de/def/licenses/dl-by-de/2.0"
    assert told["as_of"] == "2026-11-28T11:00:00+00:00"
    assert "Rohdaten, ungeprüft" in told["quality"]
    assert [column["name"] for column in told["columns"]][:2] == ["thing_id", "thing_name"]
    assert not told["is_simulated"]


def test_a_citation_of_simulated_values_says_so(catalogue):
    assert "imuliert" not in catalogue.dataset(READINGS).cite_text
    demo = replace(catalogue, is_simulated=True)
    assert "Simulierte Messwerte" in demo.dataset(READINGS).cite_text
    assert "imuliert" not in demo.dataset("bevoelkerung").cite_text


def test_thresholds_are_given_out_as_they_hold_and_are_as_old_as_the_newest_change(
    catalogue, region
):
    row = ChangeRow(
        *("c1", region.region_id, "iot-nitz", "", "", 1.1, 1.4, 1.9, "Kreis", "Vermessung"),
        *(NOW - timedelta(days=1), 0, "approved", "a", "A", NOW - timedelta(days=2)),
        version=7,
    )
    held = InEffect({row.target: row})
    changed = replace(
        catalogue, contents=replace(catalogue.contents, thresholds=lambda _session: held)
    )
    rows = rows_of(changed, "pegel-schwellen", gauge="iot-nitz")
    assert [(one["level"], float(one["value"])) for one in rows] == [
        ("voralarm", 1.1), ("warnung", 1.4), ("alarm", 1.9),
    ]  # fmt: skip
    assert rows[0]["source"].startswith("Fassung 7, von zwei Personen festgelegt")
    assert view_of(changed, "pegel-schwellen").newest_at == row.valid_from
    assert view_of(catalogue, "pegel-schwellen").newest_at < row.valid_from
