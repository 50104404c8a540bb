"""Tables of statistical offices: what belongs to the region is kept, the rest is no fault."""

import pytest

from data import indicators
from services.ingestion.statistics import mapping
from services.sources.errors import SourceFormatError
from tests.support import visits

OPTIONS = {
    "indicator": "einwohner",
    "title": "Einwohner am 31.12.",
    "unit": "Personen",
    "ags_column": "Schlüssel",
    "value_column": "Insgesamt",
    "period_column": "Stichtag",
    "skip": 2,
}
BODY = """Tabelle: 12411-01-01-5
Bevölkerung nach Gemeinden
Stichtag;Schlüssel;Name;Insgesamt
31.12.2024;07137003;Andernach;30132
31.12.2024;07137068;Mayen;19284
31.12.2024;07111000;Koblenz;113388
31.12.2024;07137074;Monreal;.
31.12.2024;DG;Deutschland;83155031
""".encode("cp1252")


def test_values_of_the_region_are_kept_with_source_and_licence(sessions, region):
    entry = visits.entry("statistics", OPTIONS, publisher="StaLa RLP", licence="dl-de/by-2-0")
    harvest = mapping.collect(visits.visit(entry, region, {"": BODY}))
    assert harvest.items == 5
    assert harvest.notes == ("1 Zeilen: kein Gemeindeschlüssel (8 oder 12 Ziffern)",)
    with sessions.begin() as session:
        assert harvest.store(session) == 3
        assert harvest.store(session) == 0
        [row] = indicators.every(session)
        values = {(v.ags, v.period): v.value for v in indicators.values(session, "einwohner")}
    assert values == {
        ("07137003", "2024"): 30132.0,
        ("07137068", "2024"): 19284.0,
        ("07137074", "2024"): None,
    }
    assert row.source.startswith("StaLa RLP, https://")
    assert row.licence == "dl-de/by-2-0"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "leer"),
        (b"<html><body>Wartung</body></html>", "nichts"),
        (b"a\nb\nx;y;z\n1;2;3\n", "Spalte"),
        (BODY.replace(b"07137", b"07139"), "keine Zeile gehört"),
    ],
)
def test_what_is_no_such_table_is_refused_with_a_reason(region, body, words):
    entry = visits.entry("statistics", OPTIONS)
    with pytest.raises(SourceFormatError) as caught:
        mapping.collect(visits.visit(entry, region, {"": body}))
    assert words in str(caught.value)


def test_thousands_are_never_guessed_but_read_as_the_options_say(region):
    body = BODY.replace(b"19284", b"19.284")
    plain = mapping.collect(visits.visit(visits.entry("statistics", OPTIONS), region, {"": body}))
    assert any("mehrdeutig" in note for note in plain.notes)
    entry = visits.entry("statistics", {**OPTIONS, "decimal": ","})
    chosen = mapping.collect(visits.visit(entry, region, {"": body}))
    assert not any("mehrdeutig" in note for note in chosen.notes)
