"""Administration: who has an account and with which role, and what the audit log says."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import Input, Output, State, callback, ctx, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.content import Content
from components.links import page_link
from components.panel import loading_line, notice, panel
from pages.administration import _account_forms as forms
from pages.administration import _account_steps as steps
from pages.administration import _ids as ids
from pages.administration import _tables as tables
from services.container import services
from services.errors import CockpitError
from services.people.audit_view import FILTER_MAX
from services.people.model import Right

register_page(
    __name__,
    path=urls.ADMINISTRATION,
    name="Verwaltung",
    title="Verwaltung",
    order=60,
    in_nav=True,
    right=Right.ADMINISTER,
)
INTRO = (
    "Lesen darf hier jeder ohne Konto. Wer etwas einträgt oder entscheidet, hat ein Konto mit einer"
    " Rolle; jede Änderung steht im Protokoll."
)
FACTOR = (
    "Krisenstab und Verwaltung gelten erst mit eigenem Passwort und zweitem Faktor; nur die Konten"
    " der Vorführung, deren Werte simuliert sind, brauchen keinen."
)


def layout(**_query: str) -> Component:
    """Lay out accounts, their forms and the log."""
    return html.Div(
        [
            dcc.Store(id=ids.ADDED, data=""),
            dcc.Store(id=ids.CHANGED, data=""),
            _intro(),
            panel("Konten", [html.P(FACTOR, className="panel__sentence"), _accounts()]),
            html.Div([forms.new_panel(), forms.change_panel()], className="grid grid--halves"),
            panel("Protokoll", _log()),
        ],
        className="page",
    )


def _accounts() -> Component:
    return html.Div(loading_line(), id=ids.ACCOUNTS)


def _intro() -> Component:
    way = html.P("Verwaltung des Cockpits", className="intro__eyebrow")
    ways = [
        page_link("Schwellenwerte ansehen und ändern", urls.THRESHOLDS),
        page_link("Empfänger von Meldungen", urls.RECIPIENTS),
    ]
    words = html.P(INTRO, className="intro__sub")
    next_door = html.P(ways, className="actions")
    return html.Div([way, html.H1("Konten und Protokoll"), words, next_door], className="intro")


def _log() -> list[Component]:
    field: Component = dbc.Input(
        id=ids.PERSON, type="text", maxlength=FILTER_MAX, value="", debounce=True
    )
    label = html.Label("Nur von dieser Person", htmlFor=ids.PERSON, className="form-label")
    hint = html.Span("Teil des Namens oder Anmeldenamens; Eingabetaste", className="field__hint")
    verify = html.Button("Kette prüfen", id=ids.VERIFY, className="btn btn-quiet", type="button")
    return [
        html.Div([label, field, hint], className="form-narrow"),
        html.Div(verify, className="actions"),
        html.Div(id=ids.VERIFIED, role="status", className="panel__after"),
        html.Div(loading_line(), id=ids.LOG, className="panel__after"),
    ]


@callback(
    Output(ids.ACCOUNTS, "children"),
    Output(ids.CHOSEN, "options"),
    Input(ids.ADDED, "data"),
    Input(ids.CHANGED, "data"),
)
def show_accounts(_added: str, _changed: str) -> tuple[Content, Any]:
    """Show who has an account, and offer the same ones for a change."""
    try:
        found = services().accounts.everyone()
    except CockpitError as error:
        return notice(error.user_message, "warn"), no_update
    by_login = sorted(found, key=lambda row: row.login)
    options = [{"value": row.login, "label": f"{row.login} ({row.name})"} for row in by_login]
    return tables.accounts_table(found), [
        {"value": forms.NONE[0], "label": forms.NONE[1]},
        *options,
    ]


@callback(
    Output(ids.NEW_SAID, "children"),
    Output(ids.ADDED, "data"),
    Output(ids.NEW_LOGIN, "value"),
    Output(ids.NEW_NAME, "value"),
    Input(ids.NEW_ADD, "n_clicks"),
    State(ids.NEW_LOGIN, "value"),
    State(ids.NEW_NAME, "value"),
    State(ids.NEW_ROLE, "value"),
    prevent_initial_call=True,
)
def add_account(
    clicks: int | None, login: str | None, name: str | None, role: str | None
) -> tuple[Any, ...]:
    """Make an account and show its first password once."""
    said, is_done = steps.add(login or "", name or "", role or "")
    return (said, f"add {clicks}", "", "") if is_done else (said, no_update, no_update, no_update)


@callback(
    Output(ids.SAID, "children"),
    Output(ids.CHANGED, "data"),
    Output(ids.AGAIN, "value"),
    Input(ids.ROLE_SET, "n_clicks"),
    Input(ids.RESET, "n_clicks"),
    Input(ids.CLOSE, "n_clicks"),
    Input(ids.OPEN, "n_clicks"),
    Input(ids.REMOVE, "n_clicks"),
    State(ids.CHOSEN, "value"),
    State(ids.ROLE, "value"),
    State(ids.AGAIN, "value"),
    prevent_initial_call=True,
)
def change_account(*given: Any) -> tuple[Any, Any, Any]:  # noqa: ANN401  # one value per control
    """Change, close, open or delete the chosen account, and say what was done."""
    clicks, (login, role, again) = given[:5], given[5:]
    if not any(clicks):
        return no_update, no_update, no_update
    said, is_done = steps.change(ctx.triggered_id, login or "", role or "", again or "")
    return said, f"change {sum(count or 0 for count in clicks)}" if is_done else no_update, ""


@callback(
    Output(ids.LOG, "children"),
    Input(ids.PERSON, "value"),
    Input(ids.ADDED, "data"),
    Input(ids.CHANGED, "data"),
)
def show_log(person: str | None, _added: str, _changed: str) -> Content:
    """Show the newest entries of the log."""
    wanted = (person or "").strip()
    try:
        return tables.log_table(services().audit.newest(wanted), wanted)
    except CockpitError as error:
        return notice(error.user_message, "warn")


@callback(
    Output(ids.VERIFIED, "children"), Input(ids.VERIFY, "n_clicks"), prevent_initial_call=True
)
def verify_log(_clicks: int | None) -> Content:
    """Walk the chain of hashes and say whether the log is whole."""
    try:
        return tables.chain(services().audit.verify())
    except CockpitError as error:
        return notice(error.user_message, "warn")
