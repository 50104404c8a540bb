"""Wand: the situation for a room: minutes left, map, alarms, silence, rain, all on one screen."""

from typing import Any

from dash import (
    ALL,
    ClientsideFunction,
    Input,
    Output,
    State,
    callback,
    clientside_callback,
    ctx,
    dcc,
    html,
    no_update,
    register_page,
)
from dash.development.base_component import Component

from components import urls
from components.attributes import attributes
from components.links import page_link
from components.panel import notice
from pages.operations import _form as form
from pages.operations import _ids
from pages.operations import _wall_changes as changes
from pages.operations import _wall_ids as ids
from pages.operations import _wall_view as view
from services.container import services
from services.errors import CockpitError
from services.people.identity import may
from services.people.model import Right

register_page(
    __name__,
    path=urls.WALL,
    name="Wand",
    title="Lage: Wandansicht",
    right=Right.WATCH,
)
POLL_MS = 2000
"""Nothing on the wall is older than 5 s after a new run: this poll, the request, the drawing."""


def layout(**_query: str) -> Component:
    """Lay out the regions of the wall; the script of the page fills the screen with them."""
    return html.Div(
        [
            html.Div(
                [
                    html.Div([html.H1("Lage", id=ids.HEADLINE), html.Div(id=ids.LEAD)]),
                    view.clock(),
                ],
                className="wall__head",
            ),
            html.Div(id=ids.NOTE, className="wall__note"),
            html.Div(
                [
                    view.region("Nutzbare Zeit bis zur Stufe, mindestens", ids.PLACES, "places"),
                    view.region("Karte", ids.MAP, "map"),
                    view.region("Laufzeit", ids.WALK, "walk"),
                    view.region("Offene Alarme", ids.ALARMS, "alarms"),
                    html.Div(
                        [
                            view.region("Stumme Pegel", ids.QUIET, "quiet", is_plain=True),
                            view.region("Maßnahmen", ids.MEASURES, "measures", is_plain=True),
                        ],
                        className="wall__pair",
                    ),
                    view.region("Wetter und Regen", ids.WEATHER, "weather"),
                ],
                className="wall__grid",
            ),
            view.controls(page_link("Arbeitsansicht", urls.OPERATIONS)),
            html.Div(id=ids.SAID, className="sr-only", role="status"),
            html.Div(id=ids.DRAWN, hidden=True, **attributes(data_drawn="")),
            dcc.Interval(id=ids.POLL, interval=POLL_MS),
            dcc.Store(id=ids.VERSION),
            dcc.Store(id=ids.DONE),
            dcc.Store(id=ids.SHOWN),
        ],
        className="page page--wall",
        **attributes(data_theme="wall", data_bs_theme="dark"),
    )


clientside_callback(
    ClientsideFunction("wall", "poll"),
    Output(ids.VERSION, "data"),
    Input(ids.POLL, "n_intervals"),
    State(ids.VERSION, "data"),
    prevent_initial_call=True,
)


@callback(
    *(Output(name, "children") for name in ids.REGIONS),
    Output(ids.SHOWN, "data"),
    Output(ids.DRAWN, "data-drawn"),
    Input(ids.VERSION, "data"),
    Input(ids.DONE, "data"),
    State(ids.SHOWN, "data"),
)
def show_wall(
    version: str | None, _done: int | None, shown: dict[str, str] | None
) -> tuple[Any, ...]:
    """Show the newest of everything that the screen does not show yet."""
    try:
        found, may_act = services().wall.view(), may(Right.OPERATE)
        drawn = services().drawings.once(
            ids.PAGE,
            f"{found.version}/{may_act}",
            lambda: changes.marked(view.regions(found, may_act=may_act)),
        )
    except CockpitError as error:
        kept = (no_update,) * (len(ids.REGIONS) - 2)
        words = "Lage unbekannt", notice(error.user_message, "warn")
        return *words, *kept, {}, no_update  # not drawn: the script asks again, for all of it
    return *changes.only_new(drawn, shown), drawn.marks, version or ""


@callback(
    Output(ids.SAID, "children"),
    Output(ids.DONE, "data"),
    Input(_ids.wall_act_id(ALL, ALL), "n_clicks"),
    State(ids.DONE, "data"),
    prevent_initial_call=True,
)
def press_on_wall(_clicks: list[int | None], done: int | None) -> tuple[Any, Any]:
    """Acknowledge an alarm; a list that was drawn anew is no click."""
    pressed = ctx.triggered_id
    if not pressed or not ctx.triggered[0]["value"]:
        return no_update, no_update
    note = form.press("acknowledge", pressed["alarm"], int(pressed["version"]))
    return note, (done or 0) + 1
