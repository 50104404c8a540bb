"""The printed list for when the network dies: how old it is, and the way to it."""

from typing import Any

from dash import Input, Output, callback, dcc, html, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.panel import lead, loading_line, notice
from pages.operations import _emergency_view as view
from pages.operations import _night_ids as ids
from pages.operations._sections import sections
from services.container import services
from services.emergency_list.errors import NoListError
from services.errors import CockpitError
from services.people.model import Right

register_page(
    __name__,
    path=urls.EMERGENCY,
    name="Notfallliste",
    title="Notfallliste für den Ausfall des Netzes",
    order=57,
    in_nav=False,
    right=Right.WATCH,
)
TITLE = "Notfallliste"
INTRO = (
    "Alle 15 Minuten entsteht eine Liste der Orte nach Dringlichkeit mit Minuten, Pegelwerten und"
    " Telefonnummern, als PDF und als einzelne Webseite. Bitte regelmäßig drucken oder auf einen"
    " Datenträger legen: Ohne Netz ist sie alles, was bleibt. Leere Nummern trägt der Landkreis in"
    " contacts.csv ein."
)
POLL_MS = 30_000
"""A list is made every 15 minutes; its age counts in the browser."""


def layout(**_query: str) -> Component:
    """Lay out the page."""
    way = crumbs((("Überblick", urls.HOME), ("Lage", urls.OPERATIONS)), TITLE)
    return html.Div(
        [
            lead(way, ids.EMERGENCY_HEADLINE, TITLE, ids.EMERGENCY_LEAD),
            sections(urls.EMERGENCY),
            html.P(INTRO, className="page__part"),
            html.Div(loading_line(), id=ids.EMERGENCY_BODY),
            dcc.Interval(id=ids.EMERGENCY_POLL, interval=POLL_MS),
        ],
        className="page",
    )


@callback(
    Output(ids.EMERGENCY_HEADLINE, "children"),
    Output(ids.EMERGENCY_BODY, "children"),
    Input(ids.EMERGENCY_POLL, "n_intervals"),
)
def show_list(_news: int | None) -> tuple[Any, Any]:
    """Show the newest list and the clock."""
    night = services().night
    found, why = None, ""
    try:
        found = night.lists.newest("pdf")
    except NoListError as error:
        why = error.user_message
    except CockpitError as error:
        return TITLE, notice(error.user_message, "warn")
    now = night.lists.clock.view().wall_now
    parts = [view.files(found, why, now), view.clock(night.host_clock())]
    return view.headline(found), html.Div(parts, className="grid grid--halves")
