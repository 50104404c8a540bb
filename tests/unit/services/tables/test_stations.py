"""Tables of several stations: never mixed, one is chosen, the others are named as left out."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from services.tables.errors import TableMappingError
from services.tables.guess import guess
from services.tables.reader import read_table
from services.tables.series import SeriesMapping, map_series
from services.tables.stations import is_station, refuse_mixed

TWO = b"Zeit;Messstelle;cm\n01.03.2026 12:00;Nitz;85\n01.03.2026 12:00;Elz;70\n"
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 4, 1, tzinfo=UTC)


def test_several_stations_without_a_choice_are_refused_by_name():
    with pytest.raises(TableMappingError, match=r"„Messstelle“: Elz, Nitz"):
        refuse_mixed(read_table(TWO), SeriesMapping("Zeit", "cm"))


def test_only_the_rows_of_the_chosen_station_are_taken():
    mapping = SeriesMapping("Zeit", "cm", station_column="Messstelle", station="Elz")
    refuse_mixed(read_table(TWO), mapping)
    found = map_series(read_table(TWO), mapping, BERLIN, NOW)
    assert [value for _, value in found.readings] == [70.0]
    assert dict(found.reasons) == {"andere Station (Nitz)": 1}


def test_a_station_that_the_table_lacks_is_refused():
    mapping = SeriesMapping("Zeit", "cm", station_column="Messstelle", station="Ahr")
    with pytest.raises(TableMappingError, match="stehen nur: Elz, Nitz"):
        refuse_mixed(read_table(TWO), mapping)


@pytest.mark.parametrize(
    ("name", "cells", "is_one"),
    [
        ("Stations_id", ["4711", "4712"], True),
        ("Pegel", ["Nitz", "Elz"], True),
        ("Pegel", ["85", "70,5"], False),
        ("Pegelstand", ["85", "70"], False),
        ("Stationshöhe", ["210,5"], False),
        ("Bemerkung", ["Nitz"], False),
        ("Station", ["", "-"], False),
    ],
)
def test_a_station_column_is_told_by_name_and_cells(name, cells, is_one):
    assert is_station(name, cells) is is_one


def test_a_table_of_one_station_needs_no_choice():
    one = read_table(TWO.replace(b"Elz", b"Nitz"))
    refuse_mixed(one, SeriesMapping("Zeit", "cm"))


def test_the_guess_proposes_station_and_value():
    table = read_table(TWO)
    found = guess(table.columns, table.head(5))
    assert (found.time_column, found.station_column, found.value_column) == (
        "Zeit",
        "Messstelle",
        "cm",
    )
