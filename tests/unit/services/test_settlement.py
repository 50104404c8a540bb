import pytest

from services.boundaries.service import BoundaryService
from services.settlement import MobilityService, SettlementService


@pytest.fixture
def settlement(sqlite_sessions, region):
    return SettlementService(region, BoundaryService(sqlite_sessions, region))


def test_the_county_grew_by_what_the_official_sums_say(settlement):
    totals = settlement.totals()
    assert (totals.pop_2011, totals.pop_2020) == (209_718, 214_786)
    assert totals.change_percent == pytest.approx(2.4166, abs=1e-3)


def test_every_municipality_has_its_figures(settlement):
    rows = settlement.municipalities()
    assert len(rows) == 87
    mayen = next(row for row in rows if row.name == "Mayen")
    assert mayen.pop_2020 == 19_284
    assert all(row.change_percent is not None for row in rows)


def test_stops_add_up_and_one_municipality_has_none(region):
    rows = MobilityService(region).stops()
    assert sum(row.bus + row.rail + row.other for row in rows) == 752
    assert len([row for row in rows if row.bus + row.rail + row.other == 0]) == 1


def test_both_sources_of_stops_are_named(region):
    attribution = MobilityService(region).attribution
    assert "Deutsche Bahn (CC BY 4.0)" in attribution
    assert "OpenStreetMap contributors (ODbL)" in attribution


def test_without_an_import_the_boundaries_are_schematic_and_say_so(settlement):
    boundaries = settlement.boundaries()
    assert boundaries.is_schematic
    assert boundaries.label.startswith("schematisch")
    assert {feature["properties"]["ags"] for feature in boundaries.features} == {
        row.ags for row in settlement.municipalities()
    }
