"""What the gauge page shows: read once, drawn with the chosen lines and marks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components.charts.hydrograph import hydrograph
from components.gauge_context_words import context_facts
from components.hero import facts
from components.impact_parts import impact_table
from components.panel import notice, panel
from pages.water import _gauge_view as view
from services.container import Services
from services.gauge_context.model import GaugeContext
from services.impacts.model import ImpactView
from services.situation.along import Along
from services.situation.model import GaugeDetail


@dataclass(frozen=True, slots=True)
class Shown:
    """A gauge with what its readings are held against."""

    detail: GaugeDetail
    context: GaugeContext
    impacts: tuple[ImpactView, ...]
    along: tuple[Along, ...]
    now: datetime


def read(services: Services, gauge_id: str, hours: int) -> Shown:
    """Read a gauge for a window of hours.

    Raises
    ------
    UnknownGaugeError
        When the region has no such gauge.
    """
    detail = services.situation.gauge(gauge_id, hours)
    situation = services.situation.situation()
    return Shown(
        detail=detail,
        context=services.gauge_context.context(detail),
        impacts=services.impacts.impacts(situation, gauge_id=gauge_id),
        along=services.situation.along_gauge(gauge_id),
        now=situation.clock.now,
    )


def chart(shown: Shown, layers: Collection[str]) -> Component:
    """Draw the hydrograph, with rates of rise and usual range in words below it."""
    gauge = shown.detail.gauge
    if not gauge.is_connected:
        return notice(gauge.sentence)
    drawn = hydrograph(shown.detail, shown.now, shown.context.only(layers))
    return html.Div(
        [drawn, facts(context_facts(gauge, shown.context, shown.now))], className="chart-facts"
    )


def parts(shown: Shown) -> list[Component]:
    """Show what happens at which reading, then places, neighbours and facts."""
    body = view.body(shown.detail, shown.now, shown.along)
    if shown.impacts:
        table = impact_table(
            "Was ab welchem Stand dieses Pegels geschieht.", shown.impacts, shown.now
        )
        body.insert(0, panel("Was bei welchem Stand geschieht", table))
    return body
