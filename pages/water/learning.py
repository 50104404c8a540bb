"""Learning: which travel times past waves had, who judged them, and what that changed."""

from typing import Any

from dash import ALL, Input, Output, State, callback, ctx, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice
from components.shell import ids as shell
from pages.water import _ids as ids
from pages.water import _learning_changes as changes
from pages.water import _learning_decision as decision
from pages.water import _learning_review as review
from pages.water import _learning_speeds as speeds
from pages.water._learning_state import read
from pages.water._learning_visit import Visit
from services.container import services
from services.errors import CockpitError

register_page(
    __name__,
    path=urls.LEARNING,
    name="Lernen aus Ereignissen",
    title="Lernen aus Ereignissen",
    order=14,
    in_nav=False,
)


def layout(**_query: str) -> Component:
    """Lay out the skeleton: proposals with their form, speeds, versions, decisions."""
    parts = (ids.LEARNING_SPEEDS, ids.LEARNING_CHANGES, ids.LEARNING_REVIEWED)
    return html.Div(
        [
            dcc.Store(id=ids.LEARNING_DECIDED),
            dcc.Store(id=ids.LEARNING_SHOWN, data=""),
            lead(
                crumbs((("Überblick", urls.HOME), ("Gewässer", urls.WATER)), "Lernen"),
                ids.LEARNING_HEADLINE,
                "Lernen aus Ereignissen",
                ids.LEARNING_LEAD,
            ),
            review.proposals_panel(),
            *[html.Div(loading_line(), id=part, className="page__part") for part in parts],
        ],
        className="page",
    )


@callback(
    Output(ids.LEARNING_LEAD, "children"),
    Output(ids.LEARNING_PROPOSALS, "children"),
    Output(ids.LEARNING_SPEEDS, "children"),
    Output(ids.LEARNING_CHANGES, "children"),
    Output(ids.LEARNING_REVIEWED, "children"),
    Output(ids.LEARNING_SHOWN, "data"),
    Input(shell.VERSION, "data"),
    Input(ids.LEARNING_DECIDED, "data"),
    State(ids.LEARNING_SHOWN, "data"),
)
def show_learning(
    _version: str | None, decided: dict[str, Any] | None, shown: str | None
) -> tuple[Any, ...]:
    """Show what is open, what holds, and what changed; nothing moves while nothing changed."""
    try:
        found = read(services().learning, Visit.of(decided))
    except CockpitError as error:
        return notice(error.user_message, "warn"), None, None, None, None, ""
    if found.fingerprint == shown:
        return (no_update,) * 6
    return (
        review.lead_lines(found.pending, is_demo=services().site.is_demo),
        review.proposals(found.listed, found.visit.refused, may_decide=found.may_decide),
        speeds.speeds_panel(found.speeds, found.version, found.versions),
        changes.changes_panel(found.versions),
        review.reviewed_panel(found.reviewed, found.visit.refused, may_decide=found.may_decide),
        found.fingerprint,
    )


@callback(
    Output(ids.LEARNING_NOTE, "children"),
    Output(ids.LEARNING_DECIDED, "data"),
    Output(ids.LEARNING_COMMENT, "value"),
    Input(decision.button_id(ALL, ALL, ALL), "n_clicks"),
    State(ids.LEARNING_DECIDED, "data"),
    State(ids.LEARNING_COMMENT, "value"),
    prevent_initial_call=True,
)
def decide(
    clicks: list[int | None], known: dict[str, Any] | None, comment: str | None
) -> tuple[Any, Any, Any]:
    """Keep the decision of the button that was clicked; new buttons alone decide nothing."""
    clicked = ctx.triggered_id
    if not any(clicks) or not clicked:
        return no_update, no_update, no_update
    words, visit, comment_left = decision.decide(clicked, Visit.of(known), comment)
    return words, visit.as_data(), comment_left
