"""Indicators: all providers are asked, a missing figure stays missing."""

from datetime import UTC, datetime

from data import indicators as stored
from services.indicators import Indicator, IndicatorService, imported, population
from tests.support.fakes import FakeSettlement

FOREIGN = Indicator("rent", "07137003", "2022", 6.5, "EUR/m2", "Zensus 2022", "DL")


def test_figures_of_all_providers_are_found_by_name_municipality_and_period():
    found = IndicatorService((population(FakeSettlement(), "DL"), lambda: [FOREIGN]))
    assert found.find(indicator="rent") == [FOREIGN]
    assert {row.period for row in found.find(indicator="population")} == {
        "2011", "2016", "2018", "2020",
    }  # fmt: skip
    assert len(found.find("population", "07137003", "2020")) == 1
    assert found.find(ags="99999999") == []


def test_a_missing_figure_is_none_and_never_zero():
    rows = IndicatorService((population(FakeSettlement(), "DL"),)).find(
        "population", "07137005", "2011"
    )
    assert [row.value for row in rows] == [None]


def test_an_imported_figure_names_its_own_licence(sessions):
    at = datetime(2026, 3, 1, tzinfo=UTC)
    with sessions.begin() as session:
        for name, licence in (
            ("new", "dl-by-de/2.0"),
            ("old", "dl-de/by-2-0"),
            ("own", "nicht geklärt"),
        ):
            row = stored.IndicatorRow(name, "Titel", "1", "Quelle", licence, at, "Prüfer")
            stored.describe(session, row)
            stored.append(session, name, [stored.ValueRow("07137003", "2024", 1.0)], at)
    found = {row.indicator: row.licence for row in IndicatorService((imported(sessions),)).find()}
    words = "Datenlizenz Deutschland – Namensnennung – 2.0"
    assert found == {"new": words, "old": words, "own": "nicht geklärt"}
