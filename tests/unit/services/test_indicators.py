"""Indicators: all providers are asked, a missing figure stays missing."""

from services.indicators import Indicator, IndicatorService, population
from tests.support.fakes import FakeSettlement

FOREIGN = Indicator("rent", "07137003", "2022", 6.5, "EUR/m2", "Zensus 2022")


def test_figures_of_all_providers_are_found_by_name_municipality_and_period():
    found = IndicatorService((population(FakeSettlement()), lambda: [FOREIGN]))
    assert found.find(indicator="rent") == [FOREIGN]
    assert {row.period for row in found.find(indicator="population")} == {
        "2011", "2016", "2018", "2020",
    }  # fmt: skip
    assert len(found.find("population", "07137003", "2020")) == 1
    assert found.find(ags="99999999") == []


def test_a_missing_figure_is_none_and_never_zero():
    rows = IndicatorService((population(FakeSettlement()),)).find("population", "07137005", "2011")
    assert [row.value for row in rows] == [None]
