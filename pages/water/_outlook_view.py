"""All levels of a place in one table: how likely within hours, when at the earliest and latest."""

from datetime import datetime

from dash.development.base_component import Component

from components import formats
from components.panel import panel
from components.states import state_badge
from components.table import Column, Row, data_table
from services.flood.model import LEVELS, OUTLOOK_QUANTILES, LevelOutlook
from services.situation.model import VillageView

SPANS = ("1h", "3h", "12h")
NOT_TOLD = "nicht absehbar"
_EARLY, _MIDDLE, _LATE = (OUTLOOK_QUANTILES.index(q) for q in (0.1, 0.5, 0.9))


def outlook_table(view: VillageView, now: datetime) -> Component | None:
    """Return the table of all levels, None while nothing speaks for the place."""
    result = view.result
    if result is None or not result.outlook:
        return None
    columns = [
        Column("Stufe"),
        *(
            Column(f"in {span.removesuffix('h')} Std.", "number", label=f"in {span[:-1]} Stunden")
            for span in SPANS
        ),
        Column("frühestens", label="frühestens"),
        Column("wahrscheinlich", label="wahrscheinlich"),
        Column("spätestens", label="spätestens"),
    ]
    rows = [
        Row((state_badge(level), *_cells(result.outlook[level], now)), state=level.value)
        for level in reversed(LEVELS)
        if level in result.outlook
    ]
    caption = (
        "Wie wahrscheinlich jede Stufe im Ort erreicht wird, und wann, falls sie kommt "
        "(80-%-Spanne)."
    )
    return panel(
        f"Alle Stufen ({view.river_name})",
        data_table(caption, columns, rows, variant="dense cards"),
    )


def _cells(found: LevelOutlook, now: datetime) -> tuple[str, ...]:
    chances = [formats.chance(found.p_within.get(span)) for span in SPANS]
    return (*chances, *(_moment(found, index, now) for index in (_EARLY, _MIDDLE, _LATE)))


def _moment(found: LevelOutlook, index: int, now: datetime) -> str:
    at = found.quantiles[index]
    if at is None:
        return NOT_TOLD
    return "schon erreicht" if at <= now and index == _LATE else formats.moment(at, now)
