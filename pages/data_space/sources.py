"""Sources: which of them deliver, which are silent and since when, what was rejected."""

from typing import Any

from dash import Input, Output, callback, html, register_page
from dash.development.base_component import Component

from components import urls
from components.backlog import backlog_panel
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice
from components.shell import ids as shell
from pages.data_space import _sources_ids as ids
from pages.data_space import _sources_view as view
from pages.data_space._sections import sections
from services.container import services
from services.errors import CockpitError

register_page(
    __name__,
    path=urls.SOURCES,
    name="Quellen",
    title="Quellen des Datenraums",
    order=42,
    in_nav=False,
)
TITLE = "Welche Quellen liefern?"


def layout(**_query: str) -> Component:
    """Lay out the skeleton."""
    return html.Div(
        [
            lead(
                crumbs((("Überblick", urls.HOME), ("Daten", urls.DATA)), "Quellen"),
                ids.HEADLINE,
                TITLE,
                ids.LEAD,
            ),
            sections(urls.SOURCES),
            html.Div(loading_line(), id=ids.BODY, className="page__part"),
        ],
        className="page",
    )


@callback(
    Output(ids.HEADLINE, "children"),
    Output(ids.LEAD, "children"),
    Output(ids.BODY, "children"),
    Input(ids.BODY, "id"),
    Input(shell.VERSION, "data"),
)
def show_sources(_id: str, _version: str | None) -> tuple[Any, Any, Any]:
    """Show how all sources stand, or why that can't be told."""
    try:
        found = services().sources.view()
    except CockpitError as error:
        waiting = backlog_panel(services().health.waiting())
        return TITLE, notice(error.user_message, "warn"), waiting
    body = [
        view.sources_panel(found),
        view.warnings_panel(found),
        view.rejected_panel(found),
        backlog_panel(services().health.waiting()),
    ]
    return view.headline(found), view.lead_lines(found), body
