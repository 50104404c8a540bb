"""Measures on the wall: how many are open, which were begun first, what nobody has started."""

from dash import html
from dash.development.base_component import Component

from components import formats
from components.states import state_class
from pages.operations._measures import NOTHING
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
            html.Span(_words(len(board.proposals)), className="wall-count__words"),
        ],
        className=f"wall-count {state_class(state)}",
    )
    if not found:
        return html.Div([head, html.P(NOTHING)])
    rows = [
        html.Li([html.Strong(step.actor), f" {step.what} ({STATUS_WORDS[step.status]})"])
        for step in found[:SHOWN]
    ]
    return html.Div([head, html.Ul(rows, className="wall-list")])


def _words(proposed: int) -> str:
    if not proposed:
        return "offen"
    stages = "1 Stufe" if proposed == 1 else f"{proposed} Stufen"
    return f"offen · {stages} vorgeschlagen"
