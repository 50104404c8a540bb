"""Impacts by hand: of a place at a level, and of a gauge at a reading."""

from dataclasses import dataclass, field, replace
from datetime import date
from types import SimpleNamespace

from data.region_pack.impact_rows import ImpactRow
from services.errors import StoreUnavailableError
from services.flood.model import State
from services.impacts.desk import Board, GaugeChoice
from services.impacts.errors import ImpactRefusedError
from services.impacts.listing import Held
from services.impacts.model import Change, Deed
from services.impacts.service import ImpactService
from services.people.identity import require
from services.people.model import Right
from tests.support.sample_water import NOW

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
    pack = SimpleNamespace(rivers=(), places=())
    listing = SimpleNamespace(current=lambda: tuple(Held(row) for row in rows))
    return ImpactService(SimpleNamespace(pack=pack), listing)


@dataclass
class FakeImpactDesk:
    saved: list[object] = field(default_factory=list)
    is_silent: bool = False

    def board(self):
        require(Right.CURATE)
        if self.is_silent:
            raise StoreUnavailableError
        told = Change(
            deed=Deed.CHANGED, where="Virneburg · Nitzbach", kind="road", what="Weg unter Wasser",
            level=None, gauge_name="Nitz", value=1.9, unit="m", observed_on=date(2021, 7, 14),
            maintained_by="Gemeinde Virneburg", source="Bericht", reason="neu vermessen",
            entered_by="Dienst", entered_at=NOW,
        )  # fmt: skip
        gone = replace(told, deed=Deed.REMOVED, level=State.ALARM, value=None)
        places = {"plaidt:nette": "Plaidt · Nette", "virneburg:nitzbach": "Virneburg · Nitzbach"}
        held = tuple(Held(row, number) for number, row in enumerate(ROWS))
        gauges = {
            "iot-nitz": GaugeChoice("Nitz", "stage", is_connected=True),
            "iot-bermel": GaugeChoice("Bermel", "discharge", is_connected=False),
        }
        return Board(held, places, gauges, (gone, told))

    def save(self, draft, based_on=0):
        require(Right.CURATE)
        if not draft.what:
            raise ImpactRefusedError(user_message="Bitte angeben, was geschieht.")
        self.saved.append((draft, based_on))
        return draft.what

    def remove(self, impact_id, based_on, reason):
        require(Right.CURATE)
        if not reason:
            raise ImpactRefusedError(user_message="Bitte sagen, warum es nicht mehr gilt.")
        self.saved.append((impact_id, based_on, reason))
        return "Weg unter Wasser"
