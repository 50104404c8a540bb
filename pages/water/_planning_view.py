"""Minutes without an event: from a threshold at each gauge above to the place."""

from collections.abc import Sequence

from dash.development.base_component import Component

from components import formats, urls
from components.content import Content
from components.links import page_link
from components.panel import panel
from components.short_name import gauge_name
from components.states import state_badge
from components.table import Column, Row, data_table
from services.flood.model import State
from services.situation.model import PlanningPath


def planning_panel(river_name: str, paths: Sequence[PlanningPath]) -> Component:
    """Show for each gauge above the minutes that a level there leaves the place."""
    columns = [
        Column("Pegel"),
        Column("Entfernung", "number", label="Entfernung"),
        Column("Laufzeit, schnell bis langsam", "number", label="Laufzeit", card="wide"),
        Column("nutzbar, mindestens", "number", label="mindestens nutzbar", card="wide"),
        Column("wahrscheinlich", "number", label="wahrscheinlich", card="wide"),
        Column("Grundlage", card="wide"),
    ]
    rows = [Row(_path_cells(path)) for path in paths]
    caption = (
        "Ohne Ereignis: Minuten einer Welle von einem Schwellenwert am Pegel bis zum Ort,"
        " abzüglich Messtakt, Funk, Zustellung und Entscheidung. Im Ereignis kommt auch Wasser"
        " von den Seiten; es kann früher da sein."
    )
    return panel(
        f"Vorwarnzeit zur Planung ({river_name})",
        data_table(caption, columns, rows, variant="dense cards"),
    )


def _path_cells(path: PlanningPath) -> tuple[Content, ...]:
    link = page_link(gauge_name(path.gauge_name), urls.gauge_url(path.gauge_id))
    silent = state_badge(State.UNBEKANNT, "stumm") if path.is_silent else None
    name: Content = [link, " ", silent]
    travel = f"{formats.duration(path.travel_p10_min)} – {formats.duration(path.travel_p90_min)}"
    return (
        name,
        f"{formats.number(path.distance_km, 1)}{formats.NBSP}km",
        travel,
        _planned(path.usable_p10_min),
        _planned(path.usable_p50_min),
        path.basis,
    )


def _planned(minutes: float | None) -> str:
    """Write usable minutes of a plan: without an event no time runs out, there is none."""
    return "keine" if minutes is not None and minutes < 1 else formats.duration(minutes)
