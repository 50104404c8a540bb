"""Pieces of /gewaesser around the table of endangered places."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.charts.river_walk import river_walk
from components.choice import choice, choices
from components.freshness import stand_of
from components.links import page_link
from components.maps.legend import state_legend
from components.maps.map_view import map_view
from components.object_parts import object_table
from components.panel import loading_line, notice, panel
from components.states import WORDS, rank
from pages.water import _ids as ids
from pages.water._run_rows import run_rows
from pages.water._state import YES, IndexState
from pages.water._what_if import form
from services.flood.model import LEVELS, State
from services.objects_at_risk.model import ObjectView
from services.situation.model import RunView, Situation
from services.situation.rivers import RiverWalk

MOST_RUNS = 8
MOST_OPEN = 10
LEARNING_WORDS = "Wellengeschwindigkeiten: was aus Ereignissen gelernt wurde"
IMPACT_WORDS = "Was bei Hochwasser geschieht"
QUALITY_WORDS = "Wie gut sind die Vorwarnzeiten?"
NOT_ON_MAP = "Objekte ohne bekannten Standort stehen nur in dieser Liste, nicht auf der Karte."
OBJECT_WORDS = "Objekte, die Hochwasser abschneidet"
COMPARE_WORDS = "Hochwasserwellen eines Pegels vergleichen"
SHOW_OBJECTS = ((YES, OBJECT_WORDS),)
NO_RAIN = "ohne Niederschlagsdaten: nur Pegel sprechen"
WALK_FIRST = (
    "Alle Zeiten gelten der Stufe {level}, dem ersten Wasser. Wann Warnung und Alarm folgen, steht"
    " bei jedem Ort."
)
WALK_HIGHER = (
    "Alle Zeiten gelten der Stufe {level}: Die niedrigere Stufe ist hier wohl überall erreicht."
)
MAP_NOTE = "Gewässerlinien schematisch"
MAP_LABEL = "Karte der Gewässer, Pegel und Orte; die Tabellen darunter enthalten dieselben Angaben"


def lead_lines(situation: Situation) -> list[Component]:
    """Continue the headline: the rest of the sentence, as-of time, faults."""
    now = situation.clock.now
    meta: list[Component | str] = [stand_of(situation.run_at, now)]
    if situation.rejected_last_day:
        meta.append(f" · {_rejected(situation.rejected_last_day)}")
    if not situation.has_rain:
        meta.append(f" · {NO_RAIN}")
    lines: list[Component] = [
        html.P(situation.subline, className="intro__sub"),
        html.P(meta, className="intro__meta"),
    ]
    if situation.is_stale and situation.run_id:
        lines.append(notice("Die Berechnung ist veraltet: Es kam lange kein neuer Lauf.", "warn"))
    lines += [notice(fault, "warn") for fault in situation.faults]
    return lines


def _rejected(count: int) -> str:
    if count == 1:
        return "1 Meldung des letzten Tages war nicht lesbar und ist aufbewahrt"
    words = "Meldungen des letzten Tages waren nicht lesbar und sind aufbewahrt"
    return f"{formats.number(count)} {words}"


def picture(state: IndexState) -> Component:
    """Place map and Laufzeitdiagramm side by side."""
    objects = [YES] if state.has_objects else []
    rivers = [(state.fluss, state.fluss)] if state.fluss else []
    walk_panel = panel(
        "Laufzeitdiagramm",
        [
            choice("Gewässer", ids.INDEX_RIVER, rivers, state.fluss),
            html.Div(loading_line(), id=ids.INDEX_WALK),
        ],
    )
    map_panel = panel(
        "Karte",
        [
            choices("Auf der Karte", ids.INDEX_OBJECTS, SHOW_OBJECTS, objects),
            map_view(ids.INDEX_MAP, MAP_LABEL, MAP_NOTE),
            state_legend(with_objects=True),
            html.Div(id=ids.INDEX_SELECTION, className="map-selection", role="status"),
        ],
        hint="auswählen zeigt Einzelheiten",
    )
    return html.Div([map_panel, walk_panel], className="grid grid--picture")


def object_panel(objects: Sequence[ObjectView], situation: Situation) -> list[Component]:
    """Show the equal table of the objects on the map; nothing while they are not shown."""
    if not objects:
        return []
    table = object_table("Objekte nach Dringlichkeit.", objects, situation.clock.now)
    return [panel(OBJECT_WORDS, [html.P(NOT_ON_MAP, className="muted"), table])]


def worst_river(situation: Situation, river_ids: Sequence[str]) -> str:
    """Return the river whose places are worst off, the first one when all are calm."""
    states = {river_id: [State.OK] for river_id in river_ids}
    for village in situation.villages:
        if village.river_id in states and village.has_gauge_above and village.exposed:
            states[village.river_id].append(village.state)
    ordered = sorted(states, key=lambda river_id: min(rank(state) for state in states[river_id]))
    return ordered[0] if ordered else ""


def walk(river: RiverWalk) -> Component:
    """Show one river, and which level its arrivals belong to."""
    if river.level is None:
        return river_walk(river)
    words = (WALK_FIRST if river.level is LEVELS[0] else WALK_HIGHER).format(
        level=WORDS[river.level]
    )
    return html.Div([river_walk(river), html.P(words, className="panel__foot")])


def below() -> Component:
    """Place the gauges beside the other places, the what-if form and the last calculations."""
    runs = panel(
        "Letzte Berechnungen",
        [
            html.Div(loading_line(), id=ids.INDEX_RUNS),
            html.Div(page_link(LEARNING_WORDS, urls.LEARNING), className="panel__foot"),
            html.Div(page_link(QUALITY_WORDS, urls.QUALITY), className="panel__foot"),
            html.Div(page_link(IMPACT_WORDS, urls.IMPACTS), className="panel__foot"),
            html.Div(page_link(OBJECT_WORDS, urls.OBJECTS), className="panel__foot"),
            html.Div(page_link(COMPARE_WORDS, urls.COMPARE), className="panel__foot"),
        ],
    )
    left = html.Div(id=ids.INDEX_GAUGES, className="column")
    right = html.Div([html.Div(id=ids.INDEX_REST), form(), runs], className="column")
    return html.Div([left, right], className="grid grid--halves")


def run_list(runs: Sequence[RunView]) -> Component:
    """List calculations, newest first."""
    if not runs:
        return html.P("Noch keine Berechnung gespeichert.", className="muted")
    return run_rows(runs)
