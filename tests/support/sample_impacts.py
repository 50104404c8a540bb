"""Impacts by hand: of a place at a level, and of a gauge at a reading."""

from types import SimpleNamespace

from data.region_pack.impact_rows import ImpactRow
from services.impacts.service import ImpactService

COMMON = {"maintained_by": "Stadt Mayen", "source": "Bericht", "confidence": "test"}


def row(impact_id, place_id, river_id, **changes):
    values = {"kind": "school", "what": f"Wirkung {impact_id}", **COMMON, **changes}
    return ImpactRow.model_validate(
        {"impact_id": impact_id, "place_id": place_id, "river_id": river_id, **values}
    )


ROWS = (
    row("plaidt-schule", "plaidt", "nette", level="alarm", observed_on="2021-07-14"),
    row("plaidt-strasse", "plaidt", "nette", level="voralarm", kind="road"),
    row("isenburg-steg", "isenburg", "saynbach", level="warnung", kind="bridge"),
    row("nitz-wiese", "virneburg", "nitzbach", gauge_id="iot-nitz", value="1.2", kind="leisure"),
    row("nitz-strasse", "virneburg", "nitzbach", gauge_id="iot-nitz", value="1.9", kind="road"),
    row("bermel-weg", "niederelz", "elzbach", gauge_id="iot-bermel", value="0.9", kind="road"),
)


def service(rows=ROWS):
    pack = SimpleNamespace(impacts=tuple(rows), rivers=(), places=())
    return ImpactService(SimpleNamespace(pack=pack))
