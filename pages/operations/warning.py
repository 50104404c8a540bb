"""Draft a public warning: where, in which words; kept with its history, never sent."""

from typing import Any

from dash import ALL, Input, Output, State, callback, ctx, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.content import Content
from components.crumbs import crumbs
from components.panel import loading_line, notice, panel
from pages.operations import _warning_form as form
from pages.operations import _warning_ids as ids
from pages.operations import _warning_view as view
from pages.operations._sections import sections
from services.container import services
from services.errors import CockpitError
from services.people.identity import current
from services.people.model import Right

register_page(
    __name__,
    path=urls.WARNING,
    name="Warnung entwerfen",
    title="Warnung entwerfen",
    order=52,
    in_nav=False,
    right=Right.OPERATE,
)
MEDIA_TYPE = "application/cap+xml"
MARKED_FILE = "uebung-"
BUTTONS = (ids.PREVIEW, ids.SAVE, ids.UPDATE, ids.CLEAR, ids.CANCEL)
VALUES = {
    "headline": State(ids.HEADLINE, "value"),
    "description": State(ids.DESCRIPTION, "value"),
    "instruction": State(ids.INSTRUCTION, "value"),
    "severity": State(ids.SEVERITY, "value"),
    "urgency": State(ids.URGENCY, "value"),
    "certainty": State(ids.CERTAINTY, "value"),
    "hours": State(ids.HOURS, "value"),
    "basis": State(ids.BASIS, "data"),
    "places": State(ids.PLACES, "value"),
    "area": State(ids.AREA, "value"),
    "corners": State(ids.CORNERS, "value"),
}


def layout(**_query: str) -> Component:
    """Lay out the three steps and the list."""
    way = crumbs((("Überblick", urls.HOME), ("Lage", urls.OPERATIONS)), "Warnung entwerfen")
    head = html.Div([way, html.H1("Warnung entwerfen")], className="intro")
    return html.Div(
        [
            head,
            sections(urls.WARNING),
            view.never_line(is_demo=services().site.is_demo),
            html.Div(form.where_panel(), className="page__part"),
            html.Div(form.words_panel(), className="page__part"),
            html.Div(form.act_panel(), className="page__part"),
            html.Div(
                panel("Gesicherte Entwürfe", html.Div(loading_line(), id=ids.LIST)),
                className="page__part",
            ),
            dcc.Store(id=ids.BASIS),
            dcc.Store(id=ids.DONE),
            dcc.Download(id=ids.DOWNLOAD),
        ],
        className="page",
    )


@callback(
    Output(ids.LIST, "children"),
    Output(ids.CHAIN, "options"),
    Output(ids.CHAIN, "value"),
    Input(ids.DONE, "data"),
    State(ids.CHAIN, "value"),
)
def show_drafts(_done: int | None, chosen: str | None = None) -> tuple[Any, Any, Any]:
    """List what is kept and offer what may be continued; a continued chain stays chosen."""
    try:
        found = services().warning_desk.drafts()
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update, no_update
    kept = form.continued(found, chosen, current().actor)
    return view.draft_table(found), form.chain_options(found), kept


@callback(Output(ids.PLACES, "options"), Input(ids.PLACES, "id"))
def offer_places(_id: str) -> list[dict[str, str]]:
    """Offer the places of the region."""
    return [{"value": key, "label": words} for key, words in services().composer.places()]


@callback(
    Output(ids.SUGGESTED, "children"),
    *(Output(field, "value") for field in (*form.FIELDS, ids.HOURS)),
    Output(ids.BASIS, "data"),
    Input(ids.SUGGEST, "n_clicks"),
    Input(ids.CLEAR, "n_clicks"),
    State(ids.PLACES, "value"),
    State(ids.CHAIN, "value"),
    prevent_initial_call=True,
)
def suggest(
    _suggest: int | None, _clear: int | None, places: list[str] | None, chain: str | None
) -> tuple[Any, ...]:
    """Fill the form from the situation, or with the all-clear of the chosen warning.

    What the all-clear's button says stands beside that button, see `act`.
    """
    is_clear = ctx.triggered_id == ids.CLEAR
    try:
        if is_clear:
            return None, *form.filled(form.all_clear(chain)[0])
        text = services().composer.suggest(places or [])
    except CockpitError as error:
        return None if is_clear else notice(error.user_message, "warn"), *(no_update,) * 8
    return notice("Vorschlag aus der Lage eingesetzt; bitte prüfen und ändern."), *form.filled(text)


@callback(
    output=(
        Output(ids.SAID, "children"),
        Output(ids.SHOWN, "children"),
        Output(ids.DONE, "data"),
    ),
    inputs={
        "_clicks": tuple(Input(button, "n_clicks") for button in BUTTONS),
        "values": VALUES,
        "chain": State(ids.CHAIN, "value"),
        "done": State(ids.DONE, "data"),
    },
    prevent_initial_call=True,
)
def act(
    _clicks: tuple[int | None, ...],
    values: dict[str, Any],
    chain: str | None,
    done: int | None,
) -> tuple[Content, Any, Any]:
    """Preview, keep, continue or end; say beside the buttons what became of it."""
    button = str(ctx.triggered_id)
    # also after a refusal: of a button pressed twice only the second answer is seen
    kept = (done or 0) + 1 if button in {ids.SAVE, ids.UPDATE, ids.CANCEL} else no_update
    try:
        if button == ids.CLEAR:
            _, still = form.all_clear(chain)
            return view.cleared(still), None, kept
        if button == ids.PREVIEW:
            xml = services().warning_desk.preview(form.typed(values))
            return None, view.preview(xml), kept
        return notice(_kept(button, values, chain)), None, kept
    except CockpitError as error:
        return notice(error.user_message, "warn"), None, kept


@callback(
    Output(ids.DOWNLOAD, "data"),
    Input({"component": ids.FETCH, "draft": ALL}, "n_clicks"),
    prevent_initial_call=True,
)
def fetch(clicks: list[int | None]) -> Any:  # noqa: ANN401  # a file or nothing
    """Hand out the file of one message."""
    if not any(clicks):
        return no_update
    wanted = str(ctx.triggered_id["draft"]).replace(":", ".")
    try:
        found = services().warning_desk.drafts()
    except CockpitError:
        return no_update
    xml = next((draft.xml for draft in found if draft.identifier == wanted), None)
    if xml is None:
        return no_update
    mark = MARKED_FILE if services().site.is_drill else ""
    return {"content": xml, "filename": f"{mark}{wanted}.cap.xml", "type": MEDIA_TYPE}


def _kept(button: str, values: dict[str, Any], chain: str | None) -> str:
    desk = services().warning_desk
    if button == ids.UPDATE:
        desk.update(form.chosen(chain), form.typed(values))
        return "Die Fortschreibung ist als Entwurf gesichert. Gesendet ist nichts."
    if button == ids.CANCEL:
        desk.cancel(form.chosen(chain), form.typed(values))
        return "Die Entwarnung ist als Entwurf gesichert. Gesendet ist nichts."
    desk.save(form.typed(values))
    return "Der Entwurf ist gesichert. Gesendet ist nichts."
