"""All levels of a place in one table: when each comes, how likely, which is reached already."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats
from components.content import Content
from components.level_words import ANY_TIME, NOT_TOLD, reached_words
from components.panel import panel
from components.states import state_badge
from components.table import Column, Row, data_table
from components.village_parts import speaks_by_rain
from services.flood.model import LEVELS, State
from services.situation.levels import LevelTime, level_times
from services.situation.model import VillageView

SOON = "3h"
FIRST = "erste Stufe"
CAPTION = (
    "Wann jede Stufe den Ort erreicht, falls sie kommt (8 von 10 Verläufen liegen zwischen"
    " frühestens und spätestens), und wie wahrscheinlich sie kommt."
)
SEEN = (
    "„Ist sie dort noch nicht da“ gilt für alle, die das vor Ort sehen; die übrigen Zeiten sind"
    " allein aus Pegeln und Niederschlag gerechnet."
)
BY_RAIN = "Nur aus Niederschlag gerechnet: Höhere Stufen als Voralarm sagt er allein nicht an."


def outlook_table(view: VillageView, now: datetime) -> Component | None:
    """Return the table of all levels, None while nothing speaks for the place."""
    result = view.result
    if result is None or not (times := level_times(result, now)):
        return None
    told = {time.level: time for time in times}
    columns = [
        Column("Stufe"),
        Column("frühestens", card="wide", label="frühestens"),
        Column("wahrscheinlich", card="wide", label="wahrscheinlich"),
        Column("spätestens", card="wide", label="spätestens"),
        Column("in 3 Std.", "number", card="wide", label="Chance in 3 Stunden"),
        Column("in 12 Std.", "number", card="wide", label="Chance in 12 Stunden"),
    ]
    rows = [Row(_cells(view, level, told.get(level), now), state=level.value) for level in LEVELS]
    notes = [CAPTION]
    notes += [SEEN] if any(time.still_likely is not None for time in times) else []
    notes += [BY_RAIN] if speaks_by_rain(view) else []
    caption = " ".join(notes)
    return panel(
        f"Wann kommt welche Stufe? ({view.river_name})",
        data_table(caption, columns, rows, variant="dense cards"),
    )


def _cells(
    view: VillageView, level: State, time: LevelTime | None, now: datetime
) -> tuple[Content, ...]:
    name: Content = [state_badge(level), _below(level, time, now)]
    if time is None:
        return (name, *(formats.MISSING for _ in range(5)))
    found = view.result.outlook.get(level) if view.result else None
    soon = formats.chance(found.p_within.get(SOON)) if found else formats.MISSING
    return (name, *_moments(time, now), soon, formats.chance(time.chance))


def _below(level: State, time: LevelTime | None, now: datetime) -> Component:
    words = [FIRST] if level is LEVELS[0] else []
    if time is not None and time.reached_at is not None:
        words.append(reached_words(time, time.reached_at, now))
    if time is not None and time.still_likely is not None and time.still_latest is not None:
        likely, latest = (formats.brief(at, now) for at in (time.still_likely, time.still_latest))
        words.append(
            f"ist sie dort noch nicht da, kommt sie wahrscheinlich bis {likely},"
            f" spätestens {latest}"
        )
    return html.Span(" · ".join(words), className="cell--sub")


def _moments(time: LevelTime, now: datetime) -> tuple[str, ...]:
    if time.reached_at is None and time.earliest is not None and time.earliest <= now:
        return (ANY_TIME, _ahead(time.likely, now), _moment(time.latest, now))
    return tuple(_moment(at, now) for at in (time.earliest, time.likely, time.latest))


def _ahead(at: datetime | None, now: datetime) -> str:
    return "jetzt" if at is not None and at <= now else _moment(at, now)


def _moment(at: datetime | None, now: datetime) -> str:
    return formats.brief(at, now) if at is not None else NOT_TOLD
