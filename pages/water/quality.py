"""Quality: how good the lead times are, scored on simulated events, and what that is worth."""

from typing import Any

from dash import Input, Output, callback, html, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice
from components.shell import ids as shell
from pages.water import _ids as ids
from pages.water import _quality_goals as goals
from pages.water import _quality_tables as tables
from pages.water import _quality_view as view
from pages.water._quality_hindcast import hindcast_panel
from services.container import services
from services.errors import CockpitError

register_page(
    __name__,
    path=urls.QUALITY,
    name="Güte der Vorwarnzeiten",
    title="Güte der Vorwarnzeiten",
    order=15,
    in_nav=False,
)
NOTHING = (
    "Es liegt keine Prüfung vor. Das Verb „./cockpit verify“ prüft das Modell an simulierten "
    "Ereignissen und legt das Ergebnis hier ab."
)


def layout(**_query: str) -> Component:
    """Lay out the skeleton."""
    return html.Div(
        [
            lead(
                crumbs((("Überblick", urls.HOME), ("Gewässer", urls.WATER)), "Güte"),
                ids.QUALITY_HEADLINE,
                "Wie gut sind die Vorwarnzeiten?",
                ids.QUALITY_LEAD,
            ),
            html.Div(loading_line(), id=ids.QUALITY_BODY, className="page__part"),
        ],
        className="page",
    )


@callback(
    Output(ids.QUALITY_LEAD, "children"),
    Output(ids.QUALITY_BODY, "children"),
    Input(ids.QUALITY_BODY, "id"),
    Input(shell.VERSION, "data"),
)
def show_quality(_id: str, _version: str | None) -> tuple[Any, Any]:
    """Show the newest verification, or how to make one."""
    shelf = services().verification
    try:
        found = shelf.newest()
    except CockpitError as error:
        return notice(error.user_message, "warn"), hindcast_panel()
    if found is None:
        return notice(NOTHING), hindcast_panel()
    names = shelf.gauge_names()
    body = [
        goals.goals_panel(found.report),
        tables.lists_panel(found.report, names),
        view.warnings_panel(found.report),
        view.arrivals_panel(found.report),
        goals.terms_panel(),
        tables.villages_panel(found.report),
        tables.pairs_panel(found.report, names),
        hindcast_panel(),
    ]
    return view.lead_lines(found), body
