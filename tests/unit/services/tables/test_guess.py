"""Columns by name and first cells: lost zeros, key dates, and what stays unguessed."""

import pytest

from services.tables.guess import guess


@pytest.mark.parametrize("day", ["31.12.2024", "2024-12-31", "2024-12-31T00:00:00"])
def test_a_key_date_is_a_period(day):
    found = guess(["AGS", "Stichtag", "Einwohner"], [["07137003", day, "30132"]])
    assert (found.ags_column, found.period_column) == ("AGS", "Stichtag")
    assert found.value_column == "Einwohner"


def test_a_key_that_lost_its_zero_is_still_a_key():
    found = guess(["AGS", "Jahr", "Wert"], [["7137003", "2024", "5"]])
    assert found.ags_column == "AGS"


def test_seven_digits_under_another_name_are_no_key():
    assert not guess(["Jahr", "Wert"], [["2024", "7137003"]]).is_indicator


def test_the_date_of_a_series_is_its_time():
    found = guess(["Datum", "Wert"], [["31.12.2024", "5"]])
    assert (found.time_column, found.period_column) == ("Datum", "")
