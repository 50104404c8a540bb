"""Lage auf einen Blick: the situation sentence, the worst places, the three cockpits."""

from dash import Input, Output, callback, html, register_page
from dash.development.base_component import Component

from components.panel import lead, loading_line, notice
from components.shell import ids as shell
from pages.home import _ids as ids
from pages.home import _view as view
from services.container import Services, services
from services.errors import CockpitError
from services.people.identity import may
from services.people.model import Right

NAME = "Überblick"
register_page(
    __name__,
    path="/",
    name=NAME,
    title="Lage auf einen Blick",
    order=0,
    in_nav=True,
)


def layout(**_query: str) -> Component:
    """Lay out the skeleton; the content follows at once."""
    return html.Div(
        [
            lead("Lage auf einen Blick", ids.HEADLINE, "Lage auf einen Blick", ids.LEAD),
            html.Div(loading_line(), id=ids.BODY, className="page__part"),
        ],
        className="page",
    )


@callback(
    Output(ids.HEADLINE, "children"),
    Output(ids.LEAD, "children"),
    Output(ids.BODY, "children"),
    Input(shell.VERSION, "data"),
)
def show_overview(_version: str | None) -> tuple[str, object, object]:
    """Show the situation and one card for each cockpit."""
    found = services()
    try:
        version = f"{found.situation.version()}/{found.notes.version()}/{may(Right.WATCH)}"
        return found.drawings.once(ids.PAGE, version, lambda: _drawn(found))
    except CockpitError as error:
        return "Lage unbekannt", notice(error.user_message, "warn"), view.cards_only(found)


def _drawn(found: Services) -> tuple[str, object, object]:
    situation = found.situation.situation()
    lines = view.lead_lines(situation, found.notes.current())
    return situation.headline, lines, view.overview(situation, found)
