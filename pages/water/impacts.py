"""Impacts: what floods or is cut off, where, from when on, and who says so."""

from typing import Any

from dash import Input, Output, callback, html, register_page
from dash.development.base_component import Component

from components import urls
from components.choice import choice
from components.crumbs import crumbs
from components.freshness import stand_of
from components.impact_parts import KINDS, impact_table
from components.links import page_link
from components.panel import lead, loading_line, notice, panel
from components.shell import ids as shell
from components.shell.query_text import follow_query, query_text, query_text_id
from pages.water import _ids as ids
from pages.water._state import ImpactState
from services.container import services
from services.errors import CockpitError
from services.impacts.model import Reach
from services.people.identity import may
from services.people.model import Right

register_page(
    __name__,
    path=urls.IMPACTS,
    name="Wirkungen",
    title="Was bei Hochwasser geschieht",
    order=16,
    in_nav=False,
)
follow_query(ids.PAGE_IMPACTS)
CHOICES = (("alle", "alle"), *KINDS.items())
ESTIMATE = (
    "Die Stufen, zu denen die Wirkungen gehören, sind Schätzungen aus Berichten früherer"
    " Ereignisse, solange keine Gemeinde sie bestätigt. Was nicht in der Liste steht, ist nicht"
    " sicher."
)
UPKEEP = "Liste pflegen"


def layout(**query: str) -> Component:
    """Lay out the skeleton."""
    state = ImpactState.from_query(query)
    return html.Div(
        [
            lead(
                crumbs((("Überblick", urls.HOME), ("Gewässer", urls.WATER)), "Wirkungen"),
                ids.IMPACTS_HEADLINE,
                "Was bei Hochwasser geschieht",
                ids.IMPACTS_LEAD,
            ),
            choice("Art", ids.IMPACTS_KIND, CHOICES, state.art),
            html.Div(loading_line(), id=ids.IMPACTS_BODY, className="page__part"),
            *query_text(ids.PAGE_IMPACTS),
        ],
        className="page",
    )


@callback(
    Output(ids.IMPACTS_HEADLINE, "children"),
    Output(ids.IMPACTS_LEAD, "children"),
    Output(ids.IMPACTS_BODY, "children"),
    Output(query_text_id(ids.PAGE_IMPACTS), "data"),
    Input(ids.IMPACTS_KIND, "value"),
    Input(shell.VERSION, "data"),
)
def show_impacts(kind: str, _version: str | None) -> tuple[Any, Any, Any, Any]:
    """Show the list, the reached ones first."""
    state = ImpactState(kind)
    try:
        situation = services().situation.situation()
        every = services().impacts.impacts(situation)
    except CockpitError as error:
        return "Wirkungen", notice(error.user_message, "warn"), None, state.as_query()
    chosen = [view for view in every if state.art in {"alle", view.kind}]
    now = situation.clock.now
    table = impact_table("Wirkungen nach Dringlichkeit.", chosen, now)
    foot = html.P(
        [f"{ESTIMATE} ", page_link(_upkeep(), urls.IMPACTS_UPKEEP)], className="panel__foot"
    )
    body = panel("Wirkungen", [table, foot])
    stand = html.P(stand_of(situation.run_at, now), className="intro__meta")
    return _headline([view.reach for view in every]), stand, body, state.as_query()


def _upkeep() -> str:
    return UPKEEP if may(Right.CURATE) else f"{UPKEEP} (mit Anmeldung)"


def _headline(found: list[Reach]) -> str:
    """Say the most urgent in one sentence."""
    reached, expected = found.count(Reach.REACHED), found.count(Reach.EXPECTED)
    unknown = found.count(Reach.UNKNOWN)
    if reached or expected:
        first = f"{reached} Wirkungen wohl erreicht" if reached else "Noch nichts wohl erreicht"
        return f"{first}, {expected} zu erwarten" if expected else first
    if unknown:
        return f"Zu {unknown} von {len(found)} Wirkungen gibt es keine Daten"
    return "Keine bekannte Wirkung zu erwarten" if found else "Noch keine Wirkungen eingetragen"
