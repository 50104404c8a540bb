"""Warnings of weather service and flood centres that hold; silence is told with its age."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats
from components.freshness import age_of
from services.situation.model import ClockView
from services.wall.model import OfficialWarnings, WallView

SHOWN = 3
SIMULATED = "In einer Nachstellung gibt es keine amtlichen Warnungen von damals."


@dataclass(frozen=True, slots=True)
class Words:
    """How the warnings of one service are called."""

    many: str
    one: str


WEATHER = Words("Amtliche Wetterwarnungen", "amtliche Wetterwarnung")
FLOODS = Words("Hochwasserwarnungen des Landes", "Hochwasserwarnung des Landes")


def official_warnings(wall: WallView) -> Component:
    """List the warnings, those of floods first; without a source the silence is told."""
    clock = wall.situation.clock
    if clock.is_simulated:
        return html.P(SIMULATED, className="muted")
    services = ((wall.floods, FLOODS), (wall.weather, WEATHER))
    return html.Div([part for found, words in services for part in _of(found, words, clock)])


def _of(found: OfficialWarnings, words: Words, clock: ClockView) -> Iterator[Component]:
    if not found.is_connected:
        return
    rows = [
        html.Li(
            [
                html.Strong(warning.headline),
                html.Span(_until(warning.expires, clock), className="line-list__more"),
            ]
        )
        for warning in found.warnings[:SHOWN]
    ]
    more = len(found.warnings) - SHOWN
    if rows:
        yield html.Ul(rows, className="wall-list")
    if more > 0:
        yield html.P(f"und {more} weitere", className="muted")
    if not found.is_heard:
        yield html.P(f"{words.many} werden zurzeit nicht empfangen. Das ist keine Entwarnung.")
    elif not rows:
        yield html.P([f"Keine {words.one}, geprüft ", age_of(found.heard_at, clock.now), "."])


def _until(expires: datetime | None, clock: ClockView) -> str:
    return f" bis {formats.brief(expires, clock.now)}" if expires else ""
