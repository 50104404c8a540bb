"""Quarter hours of gauges: picture, legend in words, table."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes
from components.charts.slots_svg import NARROW, WIDE, slot_words, slots_svg
from components.inline_svg import inline_svg
from components.panel import disclosure, notice, panel
from components.table import Column, Row, data_table
from services.devices.model import GaugeSlots

TITLE = "Ein Messwert je Viertelstunde"
GOAL = (
    "Ziel der Region: mindestens ein Datensatz je Viertelstunde von jedem Pegel. Die Zahl ist der "
    "gelieferte Anteil in Prozent; ein Ortstag hat 92, 96 oder 100 Viertelstunden, heute zählen "
    "die vergangenen."
)
LEGEND = (
    ("slot-full", "vollständig"),
    ("slot-good", "ab 95 %"),
    ("slot-some", "ab 50 %"),
    ("slot-poor", "darunter"),
    ("slot-none", "nichts zu erwarten oder nicht gezählt"),
)


def slots_panel(gauges: Sequence[GaugeSlots]) -> Component:
    """Show the last days of gauges as picture and table."""
    if not gauges:
        return panel(TITLE, notice("Noch kein Pegel hat eine Messreihe."))
    about = "; ".join(f"{gauge.name}: {_percent(gauge)}" for gauge in gauges)
    wide = inline_svg(slots_svg(gauges, WIDE, about), "chart slots slots--wide")
    narrow = inline_svg(slots_svg(gauges, NARROW, about), "chart slots slots--narrow")
    legend = html.Ul([_legend(name, words) for name, words in LEGEND], className="slots-legend")
    goal = html.P(GOAL, className="muted small")
    return panel(TITLE, [wide, narrow, legend, goal, _table(gauges)])


def _legend(name: str, words: str) -> Component:
    return html.Li([html.Span(className=f"swatch {name}", **attributes(aria_hidden="true")), words])


def _table(gauges: Sequence[GaugeSlots]) -> Component:
    columns = [
        Column("Pegel"),
        Column("Anteil", "number", card="right"),
        Column("heute", card="wide", label="heute:"),
        Column("gestern", card="wide", label="gestern:"),
        Column("schlechtester Tag", card="wide", label="schlechtester Tag:"),
    ]
    rows = [
        Row(
            (
                gauge.name,
                _percent(gauge),
                slot_words(gauge.days[-1]),
                slot_words(gauge.days[-2]) if len(gauge.days) > 1 else formats.MISSING,
                _worst(gauge),
            )
        )
        for gauge in gauges
    ]
    caption = f"Viertelstunden mit Messwert, letzte {len(gauges[0].days)} Tage"
    return disclosure("Als Tabelle", data_table(caption, columns, rows, variant="dense cards"))


def _percent(gauge: GaugeSlots) -> str:
    share = gauge.share
    if share is None:
        return formats.MISSING
    return f"{formats.number(share * 100, 1)}{formats.NBSP}%"


def _worst(gauge: GaugeSlots) -> str:
    counted = [day for day in gauge.days if day.share is not None]
    if not counted:
        return formats.MISSING
    worst = min(counted, key=lambda day: day.share or 0.0)
    return f"{formats.day(worst.start_at)}: {slot_words(worst)}"
