"""Objects at risk: what is cut off, from when on, and how sure the entry is."""

from typing import Any

from dash import Input, Output, State, callback, html, register_page
from dash.development.base_component import Component

from components import urls
from components.choice import choice
from components.crumbs import crumbs
from components.field import select_field
from components.freshness import stand_of
from components.links import page_link
from components.object_parts import OBJECT_KINDS, object_headline, object_table
from components.panel import lead, loading_line, notice, panel
from components.shell import ids as shell
from components.shell.query_text import follow_query, query_text, query_text_id
from pages.water import _ids as ids
from pages.water._state import ALL, ObjectState
from services.container import services
from services.errors import CockpitError

register_page(
    __name__,
    path=urls.OBJECTS,
    name="Objekte",
    title="Objekte, die Hochwasser abschneidet",
    order=17,
    in_nav=False,
)
follow_query(ids.PAGE_OBJECTS)
CHOICES = ((ALL, "alle"), *OBJECT_KINDS.items())
ALL_PLACES = (ALL, "alle Orte")
ESTIMATE = (
    "Die meisten Stufen und Standorte sind Schätzungen aus Berichten und Namen; die Gemeinde muss"
    " sie prüfen. Was nicht in der Liste steht, ist nicht sicher erreichbar."
)
ON_MAP = "Objekte auf der Karte zeigen"


def layout(**query: str) -> Component:
    """Lay out the skeleton."""
    state = ObjectState.from_query(query)
    places = [ALL_PLACES, *([(state.ort, state.ort)] if state.ort != ALL else [])]
    return html.Div(
        [
            lead(
                crumbs((("Überblick", urls.HOME), ("Gewässer", urls.WATER)), "Objekte"),
                ids.OBJECTS_HEADLINE,
                "Objekte, die Hochwasser abschneidet",
                ids.OBJECTS_LEAD,
            ),
            choice("Art", ids.OBJECTS_KIND, CHOICES, state.art),
            select_field("Ort", ids.OBJECTS_PLACE, places, state.ort),
            html.Div(loading_line(), id=ids.OBJECTS_BODY, className="page__part"),
            *query_text(ids.PAGE_OBJECTS),
        ],
        className="page",
    )


@callback(
    Output(ids.OBJECTS_PLACE, "options"),
    Input(ids.OBJECTS_PLACE, "id"),
    State(ids.OBJECTS_PLACE, "value"),
)
def offer_places(_id: str, chosen: str | None) -> list[dict[str, str]]:
    """Offer the places that have an object; an unknown one in the address stays choosable."""
    found = services()
    try:
        every = found.objects.objects(found.situation.situation())
    except CockpitError:
        every = ()
    names = {view.place_id: view.place_name for view in every if view.place_id}
    if chosen and chosen != ALL:
        names.setdefault(chosen, chosen)
    ordered = sorted(names.items(), key=lambda item: item[1])
    return [{"value": key, "label": words} for key, words in (ALL_PLACES, *ordered)]


@callback(
    Output(ids.OBJECTS_HEADLINE, "children"),
    Output(ids.OBJECTS_LEAD, "children"),
    Output(ids.OBJECTS_BODY, "children"),
    Output(query_text_id(ids.PAGE_OBJECTS), "data"),
    Input(ids.OBJECTS_KIND, "value"),
    Input(ids.OBJECTS_PLACE, "value"),
    Input(shell.VERSION, "data"),
)
def show_objects(kind: str, place: str | None, _version: str | None) -> tuple[Any, Any, Any, Any]:
    """Show the list, those that are cut off first."""
    state = ObjectState(kind, place or ALL)
    try:
        situation = services().situation.situation()
        every = services().objects.objects(situation)
    except CockpitError as error:
        return "Objekte", notice(error.user_message, "warn"), None, state.as_query()
    chosen = [
        view
        for view in every
        if state.art in {ALL, view.kind} and state.ort in {ALL, view.place_id}
    ]
    now = situation.clock.now
    table = object_table("Objekte nach Dringlichkeit.", chosen, now)
    foot = [html.P(ESTIMATE), page_link(ON_MAP, f"{urls.WATER}?objekte=ja")]
    body = panel("Objekte", [table, html.Div(foot, className="panel__foot")])
    stand = html.P(stand_of(situation.run_at, now), className="intro__meta")
    return object_headline(every), stand, body, state.as_query()
