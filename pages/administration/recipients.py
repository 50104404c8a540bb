"""Recipients: whom alarms call, by which ways, and what should be looked after."""

from typing import Any

from dash import Input, Output, State, callback, ctx, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.content import Content
from components.crumbs import crumbs
from components.panel import loading_line, notice, panel
from pages.administration import _recipient_forms as forms
from pages.administration import _recipient_ids as ids
from pages.administration import _recipient_steps as steps
from pages.administration import _recipient_view as view
from services.container import services
from services.errors import CockpitError
from services.people.model import Right

register_page(
    __name__,
    path=urls.RECIPIENTS,
    name="Empfänger",
    title="Empfänger von Meldungen",
    order=61,
    in_nav=False,
    right=Right.ADMINISTER,
)
FILE_NAME = "empfaenger.csv"


def layout(**_query: str) -> Component:
    """Lay out the list of recipients and its forms."""
    way = crumbs((("Überblick", urls.HOME), ("Verwaltung", urls.ADMINISTRATION)), "Empfänger")
    groups = html.Span(id=ids.COUNT)
    intro = html.Div(
        [way, html.H1("Empfänger von Meldungen"), html.P(groups, className="intro__sub")],
        className="intro",
    )
    return html.Div(
        [
            dcc.Store(id=ids.CHANGED, data=0),
            intro,
            panel("Empfänger", html.Div(loading_line(), id=ids.LIST)),
            html.Div([forms.edit_panel(), forms.act_panel()], className="grid grid--halves"),
            forms.list_panel(),
        ],
        className="page",
    )


@callback(
    Output(ids.LIST, "children"),
    Output(ids.CHOSEN, "options"),
    Output(ids.COUNT, "children"),
    Input(ids.CHANGED, "data"),
)
def show_recipients(_changed: int | None) -> tuple[Content, Any, Any]:
    """Show all recipients, and offer them for a change."""
    found = services().recipients
    try:
        views, groups = found.everyone(), found.groups()
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update, no_update
    options = [{"value": item.row.recipient_id, "label": item.row.name} for item in views]
    first = {"value": forms.NEW[0], "label": forms.NEW[1]}
    words = f"Alarme rufen diese Gruppen: {', '.join(groups)}."
    return view.recipients_table(views, found.channels.names), [first, *options], words


@callback(
    output=[Output(name, "value") for name in ids.FIELDS],
    inputs=Input(ids.CHOSEN, "value"),
    prevent_initial_call=True,
)
def fill(chosen: str | None) -> list[Any]:
    """Show what is kept of the chosen recipient."""
    try:
        return list(steps.fields_of(chosen or ""))
    except CockpitError:
        return [no_update] * len(ids.FIELDS)


@callback(
    Output(ids.SAVED, "children"),
    Output(ids.DONE, "children"),
    Output(ids.TAKEN, "children"),
    Output(ids.CHANGED, "data"),
    Output(ids.AGAIN, "value"),
    Output(ids.CHOSEN, "value"),
    inputs={
        "_clicks": [Input(name, "n_clicks") for name in (ids.SAVE, ids.TAKE, *ids.BUTTONS)],
        "chosen": State(ids.CHOSEN, "value"),
        "said": [State(name, "value") for name in ids.FIELDS],
        "more": (
            State(ids.AGAIN, "value"),
            State(ids.FILE, "contents"),
            State(ids.CHANGED, "data"),
        ),
    },
    prevent_initial_call=True,
)
def press(
    _clicks: list[int | None],
    chosen: str | None,
    said: list[str | None],
    more: tuple[str | None, str | None, int | None],
) -> tuple[Any, ...]:
    """Save, import, or do with the chosen recipient what the button says."""
    button, (again, contents, changed) = ctx.triggered_id, more
    if button == ids.SAVE:
        words, saved = steps.save(chosen or "", said)
        chosen, is_done = saved or chosen, bool(saved)
    elif button == ids.TAKE:
        words, is_done = steps.take_over(contents or "")
    else:
        words, is_done = steps.act(button, chosen or "", again or "")
    places = [ids.SAVE, ids.DONE, ids.TAKE]
    place = button if button in places else ids.DONE
    shown = [words if place == name else "" for name in places]
    if is_done and button == ids.REMOVE:
        chosen = forms.NEW[0]
    done = (changed or 0) + 1 if is_done else no_update
    return *shown, done, "", chosen if is_done else no_update


@callback(
    Output(ids.PREVIEW, "children"),
    Output(ids.TAKE, "disabled"),
    Input(ids.FILE, "contents"),
    Input(ids.CHANGED, "data"),
    prevent_initial_call=True,
)
def show_preview(contents: str | None, _changed: int | None) -> tuple[Content, bool]:
    """Show what the chosen list would do."""
    if not contents:
        return "", True
    words, has_new = steps.preview(contents)
    return words, not has_new


@callback(Output(ids.DOWNLOAD, "data"), Input(ids.EXPORT, "n_clicks"), prevent_initial_call=True)
def export(_clicks: int | None) -> Any:  # noqa: ANN401  # a file, or nothing new
    """Hand all recipients out as a file."""
    try:
        content = services().recipients.export()
    except CockpitError:
        return no_update
    return {"content": f"\ufeff{content}", "filename": FILE_NAME, "type": "text/csv"}
