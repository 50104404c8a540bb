"""A place: its state in large, the countdown, the arrival interval, what it rests on."""

from typing import Any

from dash import Input, Output, callback, dcc, html, register_page
from dash.development.base_component import Component

from components import urls
from components.crumbs import crumbs
from components.impact_parts import impact_table
from components.object_parts import object_table
from components.panel import lead, loading_line, panel
from components.river_nav import river_nav
from components.shell import ids as shell
from pages.water import _ids as ids
from pages.water import _subscribe_form as subscribe
from pages.water import _village_view as view
from services.container import services
from services.errors import CockpitError, UnknownPlaceError
from services.subscriptions.model import PLACE


def title(place_id: str = "", **_path: str) -> str:
    """Name the place in the title where it exists."""
    name = view.name_of(services().situation.situation().villages, place_id)
    return f"{name}: Vorwarnzeit"


register_page(
    __name__,
    path_template="/gewaesser/ort/<place_id>",
    path="/gewaesser/ort/none",
    name="Ort",
    title=title,
    order=12,
    in_nav=False,
)

subscribe.connect(PLACE, ids.VILLAGE_ID)


def layout(page_path: str = "", **_query: str) -> Component:
    """Lay out the skeleton of a place."""
    return html.Div(
        [
            dcc.Store(id=ids.VILLAGE_ID, data=urls.last_segment(page_path, urls.VILLAGE)),
            lead(
                crumbs((("Überblick", urls.HOME), ("Gewässer", urls.WATER)), "Vorwarnzeit"),
                ids.VILLAGE_HEADLINE,
                "Ort",
                ids.VILLAGE_LEAD,
            ),
            html.Div(
                [
                    html.Div(loading_line(), id=ids.VILLAGE_BODY, className="page__part"),
                    subscribe.form(PLACE),
                ],
                id=ids.VILLAGE_PARTS,
                className="page__part",
            ),
        ],
        className="page",
    )


@callback(
    Output(ids.VILLAGE_HEADLINE, "children"),
    Output(ids.VILLAGE_LEAD, "children"),
    Output(ids.VILLAGE_BODY, "children"),
    Output(ids.VILLAGE_PARTS, "hidden"),
    Input(ids.VILLAGE_ID, "data"),
    Input(shell.VERSION, "data"),
)
def show_village(place_id: str, _version: str | None) -> tuple[Any, Any, Any, bool]:
    """Show the place, or say why there is none: one that does not exist has no other parts."""
    try:
        found = services().situation
        detail = found.village(place_id)
        situation = found.situation()
        impacts = services().impacts.impacts(situation, place_id=place_id)
        objects = services().objects.objects(situation, place_id=place_id)
        along = found.along_place(place_id)
        now = situation.clock.now
    except CockpitError as error:
        is_unknown = isinstance(error, UnknownPlaceError)
        return "Ort nicht gefunden", view.missing(error.user_message), None, is_unknown
    reached = impact_table("Was hier geschieht.", impacts, now, with_place=False)
    cut_off = object_table("Wann sie abgeschnitten sind.", objects, now, with_place=False)
    body = [
        *view.body(detail, now),
        panel("Was bei Hochwasser geschieht", reached),
        panel("Objekte, die Hochwasser abschneidet", cut_off),
        *river_nav(along, now),
    ]
    return detail.name, view.lead_lines(detail, now), body, False
