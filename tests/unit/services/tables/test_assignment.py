"""What a person says about a table: complete, known and short enough, or refused in German."""

import pytest

from services.tables.assignment import Assignment
from services.tables.errors import TableMappingError

INDICATOR = {
    "kind": "indicator",
    "ags_column": "AGS",
    "value_column": "Einwohner",
    "period": 2024,
    "indicator_id": "einwohner",
    "title": "Einwohner",
    "unit": "Personen",
    "source": "StaLa",
    "licence": "dl-de/by-2-0",
}


def test_a_year_may_be_a_number_and_blanks_are_cut():
    made = Assignment.of({**INDICATOR, "title": " Einwohner ", "skip": 3})
    assert (made.period, made.title, made.skip) == ("2024", "Einwohner", 3)
    assert made.licence == "dl-by-de/2.0"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "karte"}, "kind muss"),
        ({"kind": "series"}, "es fehlt: Spalte der Zeit, Messreihe"),
        ({"source": " ", "licence": ""}, "es fehlt: Quelle, Lizenz"),
        ({"colour": "red"}, "Feld „colour“ gibt es nicht"),
        ({"title": "x" * 201}, "title ist länger als 200"),
        ({"title": ["x"]}, "title muss ein Text sein"),
        ({"title": "a\nb"}, "nicht druckbar"),
        ({"indicator_id": "Große Zahl"}, "Kennung besteht aus"),
        ({"time_zone": "MEZ"}, "Zeitzone ist „UTC+1“"),
        ({"station_column": "Station"}, "es fehlt: die Station"),
        ({"licence": "CC BY-NC 4.0"}, "möglich sind: dl-by-de/2.0"),
        ({"skip": "3"}, "skip muss"),
        ({"skip": True}, "skip muss"),
    ],
)
def test_what_is_wrong_is_named(change, words):
    with pytest.raises(TableMappingError) as caught:
        Assignment.of({**INDICATOR, **change})
    assert words in caught.value.user_message
