"""Measures on the wall: how many are open, which were begun first, what nobody has started."""

from dash import html
from dash.development.base_component import Component

from components import formats
from components.states import state_class
from pages.operations._measures import NOTHING
from pages.operations._wall_rows import wall_rows
from services.alarm_plan.model import STATUS_WORDS, PlanBoard
from services.flood.model import State

SHOWN = 2


def measures(board: PlanBoard) -> Component:
    """Count the open measures and name the first."""
    found = board.unfinished
    state = State.VORALARM if board.proposals else State.OK
    head = html.Div(
        [
            html.Span(formats.number(len(found)), className="wall-figure number"),
            html.Span(_words(len(found), len(board.proposals)), className="wall-count__words"),
        ],
        className=f"wall-count {state_class(state)}",
    )
    if not found:
        return html.Div([head, html.P(NOTHING)])
    rows = [
        html.Li(
            html.Div(
                [html.Strong(step.actor), f" ({STATUS_WORDS[step.status]}): {step.what}"],
                className="wall-step",
            )
        )
        for step in found[:SHOWN]
    ]
    return html.Div([head, *wall_rows(rows, len(found), "weitere")])


def _words(count: int, proposed: int) -> str:
    words = "Maßnahme offen" if count == 1 else "Maßnahmen offen"
    if not proposed:
        return words
    stages = "1 Stufe" if proposed == 1 else f"{proposed} Stufen"
    return f"{words} · {stages} vorgeschlagen"
