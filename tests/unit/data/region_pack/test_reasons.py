"""Every reason that a pack's author reads is German and says what would be right."""

import pytest
from pydantic import ValidationError

from data.region_pack.area_rows import MunicipalityRow
from data.region_pack.model import RegionInfo
from data.region_pack.reasons import where_and_why
from data.region_pack.rows import (
    GaugeRow,
    PairRow,
    PlaceRow,
    ReachRow,
)
from data.region_pack.scenarios import Scenario

ENGLISH = ("Input", "should", "Value error", "String", "Field", "valid")


def reason(model, **values):
    """Return what is said of the one column given; the other columns are missing."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(values)
    [name] = values
    told = dict(where_and_why(item) for item in caught.value.errors())
    return told[name]


@pytest.mark.parametrize(
    ("model", "column", "value", "said"),
    [
        (ReachRow, "slope", "steil", "keine Zahl (mit Dezimalpunkt) (Wert: 'steil')"),
        (ReachRow, "slope", "0.9", "nicht kleiner als 0.5 (Wert: '0.9')"),
        (ReachRow, "slope", "0", "nicht größer als 0.0 (Wert: '0')"),
        (ReachRow, "slope", "nan", "keine endliche Zahl (Wert: 'nan')"),
        (ReachRow, "from_km", "-1", "kleiner als 0.0 (Wert: '-1')"),
        (ReachRow, "from_km", "3000", "größer als 2000.0 (Wert: '3000')"),
        (ReachRow, "provisional", "vielleicht", "weder true noch false (Wert: 'vielleicht')"),
        (GaugeRow, "gauge_id", "Große Nette", "passt nicht zum Muster ^[a-z0-9][a-z0-9-]*$"),
        (GaugeRow, "name", " ", "leer (Wert: ' ')"),
        (PairRow, "level", "rot", "nicht erlaubt, möglich sind 'voralarm', 'warnung' oder 'alarm'"),
        (MunicipalityRow, "pop_2011", "viele", "keine ganze Zahl (Wert: 'viele')"),
        (PlaceRow, "place_id", "a" * 65, "länger als 64 Zeichen"),
        (PlaceRow, "farbe", "rot", "unbekannte Angabe"),
        (RegionInfo, "timezone", "Berlin", "diese Zeitzone gibt es nicht, Beispiel: Europe/Berlin"),
        (Scenario, "start", "2021-07-14T14:00:00", "Zeit ohne Zeitzone"),
        (Scenario, "start", "gestern", "keine Zeit"),
    ],
)
def test_a_wrong_value_is_answered_in_german(model, column, value, said):
    told = reason(model, **{column: value})
    assert told.startswith(said)
    assert not any(word in told for word in ENGLISH)


def test_a_missing_column_says_so_and_nothing_else():
    with pytest.raises(ValidationError) as caught:
        ReachRow.model_validate({})
    assert {why for _, why in map(where_and_why, caught.value.errors())} == {"fehlt"}
