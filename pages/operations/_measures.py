"""The open measures as a box: for the room's first page and for walls, from the service's view."""

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.links import page_link
from components.panel import panel
from components.states import state_badge
from services.alarm_plan.model import STATUS_WORDS, PlanBoard, StepView

MOST = 8
NOTHING = "Keine Maßnahme ist offen."


def measures_panel(board: PlanBoard) -> Component:
    """Show what the plan proposes and what is still to be done, what was begun first."""
    parts: list[Component] = []
    for proposal in board.proposals:
        count = len(proposal.rows)
        words = "1 Maßnahme" if count == 1 else f"{count} Maßnahmen"
        parts.append(
            html.P(
                [
                    state_badge(proposal.level),
                    f" {proposal.river_name}: {words} vorgeschlagen, noch nicht gestartet",
                ]
            )
        )
    found = board.unfinished
    if found:
        items = [html.Li(_item(step, board)) for step in found[:MOST]]
        parts.append(html.Ul(items, className="plain-list line-list"))
    else:
        parts.append(html.P(NOTHING))
    rest = len(found) - MOST
    link = f"und {rest} weitere unter Maßnahmen" if rest > 0 else "Maßnahmen bearbeiten"
    parts.append(html.Div(page_link(link, urls.MEASURES), className="panel__foot"))
    return panel("Maßnahmen", parts)


def _item(step: StepView, board: PlanBoard) -> list[Component]:
    has = f", {step.responsible}" if step.responsible else ""
    since = formats.brief(step.changed_at, board.now)
    return [
        html.Span(f"{step.actor}: {step.what}"),
        html.Span(f"{STATUS_WORDS[step.status]}{has}, {since}", className="muted"),
    ]
