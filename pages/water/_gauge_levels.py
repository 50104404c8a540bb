"""The levels of a gauge: how likely each is within hours, and when it is crossed."""

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.links import page_link
from components.panel import panel
from components.states import state_badge
from components.table import Column, Row, data_table
from services.flood.model import State
from services.people.identity import may
from services.people.model import Right
from services.situation.model import GaugeDetail, ThresholdView

SPANS = (1, 3, 12)
"""Hours for which the chance of a crossing is shown."""

BASIS = (
    "Gerechnet aus dem Verlauf dieses Pegels, dem Niederschlag, soweit Daten da sind, und dem, was "
    "von Pegeln oberhalb zu ihm läuft. Am Ort darunter können die Zeiten anders liegen."
)

NO_STATEMENT = "keine Aussage"
"""What a silent gauge says of the next hours: never nought per cent."""


def _hours(count: int) -> str:
    return "1 Stunde" if count == 1 else f"{count} Stunden"


def threshold_panel(detail: GaugeDetail, now: datetime) -> Component:
    """Show each level of a gauge: its value, chances by hours, when it is expected."""
    gauge = detail.gauge
    if not gauge.thresholds:
        words = "Für diesen Pegel sind keine kommunalen Schwellenwerte eingetragen."
        return panel("Schwellenwerte", html.P(words, className="muted"))
    columns = [
        Column("Schwelle"),
        Column("Wert", "number", label="Wert"),
        *(Column(f"in {span} Std.", "number", label=f"in {_hours(span)}") for span in SPANS),
        Column("voraussichtlich", label="voraussichtlich", card="wide"),
    ]
    rows = [
        Row(
            (
                state_badge(threshold.level),
                formats.quantity(threshold.value, gauge.unit),
                *(_chance_within(detail, threshold.level, span) for span in SPANS),
                NO_STATEMENT if gauge.is_silent else _when(detail, threshold, now),
            )
        )
        for threshold in reversed(gauge.thresholds)
    ]
    table = data_table(
        "Kommunale Schwellenwerte dieses Pegels.", columns, rows, variant="dense cards"
    )
    foot = [_owner(gauge.thresholds)]
    if detail.upstream:
        foot.insert(0, html.P(BASIS))
    if may(Right.PROPOSE):
        foot.append(page_link("Schwellenwerte ändern", urls.THRESHOLDS))
    return panel("Schwellenwerte", [table, html.Div(foot, className="panel__foot")])


def _chance_within(detail: GaugeDetail, level: State, hours: int) -> str:
    if detail.gauge.is_silent:
        return NO_STATEMENT if hours == SPANS[-1] else formats.MISSING
    return formats.chance(detail.p_within.get(level, {}).get(f"{hours}h"))


def _when(detail: GaugeDetail, threshold: ThresholdView, now: datetime) -> str:
    value = detail.gauge.value
    if value is not None and value >= threshold.value:
        return "überschritten"
    at = detail.crossing_p50.get(threshold.level)
    if at is None:
        return "nicht absehbar"
    first, last = (
        found.get(threshold.level) for found in (detail.crossing_p10, detail.crossing_p90)
    )
    span = f", {formats.interval(first, last, now)}" if first and last else ""
    return f"{formats.brief(at, now)}{span}"


def _owner(thresholds: Sequence[ThresholdView]) -> Component:
    owners = sorted({threshold.owner for threshold in thresholds})
    words = f"Festgelegt von: {', '.join(owners)}."
    since = max((item.since for item in thresholds if item.since is not None), default=None)
    if since is not None:
        words += f" Gilt seit {since:%d.%m.%Y}"
        version = max(item.version for item in thresholds)
        words += f" (Fassung {version})." if version else " (Startwert des Regionsordners)."
    if any(threshold.provisional for threshold in thresholds):
        words += " Vorläufig: Schätzung, nicht bestätigt."
    return html.P(words)
