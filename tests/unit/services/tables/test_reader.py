"""Tables of people: encodings, delimiters, Excel, and what must not bring the server down."""

import io
import zipfile

import openpyxl  # type: ignore[import-untyped]  # without types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.tables.errors import TableUnreadableError
from services.tables.mapping import IndicatorMapping, map_indicator
from services.tables.reader import MAX_ROWS, read_table

GERMAN = "AGS;Gemeinde;Einwohner\n07137003;Andernach;30.132\n07137068;Mayen;19.284\n"


def workbook(rows, title="Blatt"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252"), ("utf-16", "utf-16")],
)
def test_german_letters_survive_every_usual_encoding(encoding, name):
    table = read_table("Ort;Höhe\nThür;1,5\n".encode(encoding))
    assert table.columns == ("Ort", "Höhe")
    assert table.head(1) == [("Thür", "1,5")]
    assert table.encoding == name


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(mark):
    table = read_table(f"a{mark}b{mark}c\n1{mark}2{mark}3\n".encode())
    assert table.columns == ("a", "b", "c")
    assert table.delimiter == mark


def test_lines_above_the_header_are_skipped_and_rows_keep_their_numbers():
    table = read_table(b"Tabelle 12411\nStand 2024\n" + GERMAN.encode(), skip=2)
    assert table.columns == ("AGS", "Gemeinde", "Einwohner")
    assert table.first_row == 4


def test_columns_of_one_name_and_of_none_stay_apart():
    assert read_table(b"a,a,\n1,2,3\n").columns == ("a", "a (2)", "Spalte 3")


def test_a_quoted_line_break_belongs_to_its_cell():
    assert read_table(b'a;b\n"x\ny";2\n').head(1) == [("x\ny", "2")]


def test_excel_gives_texts_without_false_fractions():
    table = read_table(workbook([["AGS", "Wert"], ["07137003", 12.0], ["07137068", 1.5]]))
    assert table.head(2) == [("07137003", "12"), ("07137068", "1.5")]
    assert table.encoding == "xlsx"
    other = read_table(workbook([["a"], [1]], title="Zahlen"), sheet="Zahlen")
    assert other.columns == ("a",)


def test_a_formula_without_a_result_is_marked_and_a_computed_one_is_read():
    body = workbook([["Zeit", "cm", "m"], ["2026-03-01T12:00", 85, "=B2/100"], [None, None, "=B2"]])
    table = read_table(body)
    assert table.head(2) == [("2026-03-01T12:00", "85", "=?"), ("", "", "=?")]
    computed = _in_sheet(body, b"<f>B2/100</f><v></v>", b"<f>B2/100</f><v>0.85</v>")
    assert computed != body
    assert read_table(computed).head(1) == [("2026-03-01T12:00", "85", "0.85")]
    named = read_table(workbook([["a"], ["=1"]], title="Zahlen"), sheet="Zahlen")
    assert named.head(1) == [("=?",)]


def _in_sheet(body, old, new):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as source, zipfile.ZipFile(target, "w") as changed:
        for item in source.infolist():
            part = source.read(item).replace(b"<v />", b"<v></v>").replace(b"<v/>", b"<v></v>")
            changed.writestr(item, part.replace(old, new))
    return target.getvalue()


def test_a_formula_without_a_result_is_no_missing_value():
    body = workbook([["AGS", "Wert"], ["07137003", "=1+1"], ["07137068", "-"]])
    mapped = map_indicator(read_table(body), IndicatorMapping("AGS", "Wert", period="2024"), ())
    assert [row.ags for row in mapped.values] == ["07137068"]
    [refused] = mapped.refused
    assert (refused.row, refused.reason.split(";")[0]) == (2, "Formel ohne berechnetes Ergebnis")


def bomb():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 400_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "leer"),
        (b"   \n ", "leer"),
        (b"a;b\n", "keine Zeile"),
        (b"a;b\n1;2\n3\n", "verschieden lang"),
        (b"\x00\x01\x02" * 100, "keine Textdatei"),
        (b"PK\x03\x04kaputt", "beschädigt"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "beschädigt"),
        (b";;;\n1;2;3;4\n", "Kopfzeile"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(body, words):
    with pytest.raises(TableUnreadableError, match=words):
        read_table(body)


def test_a_zip_bomb_is_not_unpacked():
    with pytest.raises(TableUnreadableError, match="viel zu groß"):
        read_table(bomb())


def test_a_missing_sheet_is_named():
    with pytest.raises(TableUnreadableError, match="Blatt „Nirgends“"):
        read_table(workbook([["a"], [1]]), sheet="Nirgends")


def test_a_million_rows_are_read_and_one_more_is_refused():
    rows = b"1;2\n" * MAX_ROWS
    assert read_table(b"a;b\n" + rows).rows == MAX_ROWS
    with pytest.raises(TableUnreadableError, match="1000000 Zeilen"):
        read_table(b"a;b\n" + rows + b"1;2\n")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_reason(body):
    try:
        rows = read_table(body).rows
    except TableUnreadableError:
        return
    assert rows > 0
