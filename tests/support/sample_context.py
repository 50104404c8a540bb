"""What the readings of a gauge are held against, by hand."""

# ruff: noqa: FBT003, ARG002
from dataclasses import replace
from datetime import date, timedelta

from services.gauge_context.model import (
    EarlierForecast,
    EventLine,
    GaugeContext,
    ImpactMark,
    LowFlow,
    NormalRange,
    Rise,
    WaterTemperature,
)
from tests.support.sample_water import NOW, band

HIGHER = replace(band(), p50=tuple(value + 0.4 for value in band().p50))
CONTEXT = GaugeContext(
    events=(EventLine("Juli 2021", 1.98, date(2021, 7, 15), False, "Jahrbuch"),),
    normal=NormalRange(0.3, 0.7, 400, 30),
    low_flow=LowFlow(False, 0.3, 0, 400, 365),
    steepest=Rise(0.41, NOW - timedelta(minutes=22)),
    water=WaterTemperature(17.3, NOW - timedelta(minutes=9)),
    earlier=(
        EarlierForecast(NOW - timedelta(hours=2), HIGHER, 2.2, NOW + timedelta(hours=11), True),
        EarlierForecast(NOW - timedelta(hours=1), band(), 1.8, NOW + timedelta(hours=11)),
    ),
    marks=(
        ImpactMark(1.2, ("Campingplatz: unter Wasser",), "", False),
        ImpactMark(1.6, ("Schule: Keller", "Straße gesperrt"), "Mayen", True),
    ),
)


class FakeGaugeContext:
    def context(self, detail):
        return CONTEXT
