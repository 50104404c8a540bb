"""Decimal point or comma: a factor of 1000 is never guessed."""

import io

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]

from services.ingestion.quantity import QuantityError, parse_quantity
from services.tables.decimals import AUTOMATIC, COMMA, POINT, written_with
from services.tables.mapping import IndicatorMapping, map_indicator
from services.tables.reader import read_table


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("30.132", COMMA, 30132.0),
        ("30.132", POINT, 30.132),
        ("1.234.567", AUTOMATIC, 1234567.0),
        ("1.234.567,5", COMMA, 1234567.5),
        ("1,234", POINT, 1234.0),
        ("1,234", COMMA, 1.234),
        ("-1.234", COMMA, -1234.0),
        ("0.855", AUTOMATIC, 0.855),
        ("0,855", AUTOMATIC, 0.855),
        ("30.132,0", AUTOMATIC, 30132.0),
        ("19284", COMMA, 19284.0),
        ("1.2340", AUTOMATIC, 1.234),
    ],
)
def test_a_number_is_read_as_chosen(text, decimal, value):
    assert parse_quantity(written_with(text, decimal)).value == value


@pytest.mark.parametrize(
    ("text", "decimal"),
    [
        ("30.132", AUTOMATIC),
        ("-30.132", AUTOMATIC),
        ("1,234", AUTOMATIC),
        ("30.132 m", AUTOMATIC),
        ("30.13", COMMA),
        ("1.2340", COMMA),
        ("30,13", POINT),
        ("1,2,3", COMMA),
    ],
)
def test_what_can_be_read_two_ways_or_does_not_fit_is_refused(text, decimal):
    with pytest.raises(QuantityError):
        written_with(text, decimal)


def test_a_number_of_a_worksheet_is_what_its_cell_holds():
    book = Workbook()
    book.active.append(["AGS", "Wert"])
    book.active.append(["07137003", 1.234])
    body = io.BytesIO()
    book.save(body)
    table = read_table(body.getvalue())
    found = map_indicator(table, IndicatorMapping("AGS", "Wert", period="2024"), ())
    assert [row.value for row in found.values] == [1.234]
