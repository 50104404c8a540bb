"""Objects at risk by hand: cut off with the level of a place, or by the reading of a gauge."""

from types import SimpleNamespace

from data.region_pack.risk_rows import ObjectRow
from services.objects_at_risk.service import ObjectService
from tests.support.sample_water import RIVERS

COMMON = {"checked_on": "2026-11-01", "provisional": "true", "source": "Liste", "confidence": "t"}


def row(object_id, **changes):
    values = {"kind": "school", "name": f"Objekt {object_id}", **COMMON, **changes}
    return ObjectRow.model_validate({"object_id": object_id, **values})


ROWS = (
    row("schule", place_id="plaidt", river_id="nette", level="alarm", name="Schule am Bach"),
    row("haltestelle", place_id="plaidt", river_id="nette", level="voralarm", kind="stop",
        name="Nettebrücke", lat="50.39", lon="7.39"),
    row("steg", place_id="isenburg", river_id="saynbach", level="warnung", kind="bridge"),
    row("wiese", place_id="virneburg", gauge_id="iot-nitz", value="1.2", kind="camp",
        name="Zeltplatz Nitz", provisional="false", people="40"),
    row("weg", gauge_id="iot-nitz", value="1.9", kind="road", lat="50.33", lon="7.02"),
    row("furt", place_id="mayen", gauge_id="iot-hammesmuehle", value="1.2", kind="road"),
)  # fmt: skip


def service(rows=ROWS):
    rivers = tuple(SimpleNamespace(river_id=key, name=name) for key, name in RIVERS.items())
    places = (SimpleNamespace(place_id="mayen", name="Mayen", lat=50.328, lon=7.223),)
    pack = SimpleNamespace(objects=tuple(rows), rivers=rivers, places=places)
    return ObjectService(SimpleNamespace(pack=pack))
