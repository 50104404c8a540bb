"""One's own account: role, password, second factor with QR code and recovery codes, signing out."""

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import Input, Output, State, callback, dcc, html, no_update, register_page
from dash.development.base_component import Component

from components import urls
from components.charts.code_svg import code_svg
from components.content import Content
from components.inline_svg import inline_svg
from components.links import page_link
from components.panel import notice, panel
from pages.account import _ids as ids
from services.container import services
from services.errors import CockpitError
from services.people import second_factor
from services.people.accounts import AccountView
from services.people.identity import current, may
from services.people.model import RIGHT_WORDS, ROLE_WORDS, SECOND_FACTOR, Right

register_page(__name__, path=urls.ACCOUNT, name="Konto", title="Konto", order=96, in_nav=False)


def layout(**_query: str) -> Component:
    """Show the account of who has signed in; for everybody else the forms are there but hidden."""
    try:
        own = services().accounts.own()
    except CockpitError as error:
        return _page("Konto", [notice(error.user_message, "warn")])
    forms = html.Div([_password(), _factor(own)], className="page__part", hidden=own is None)
    if own is None:
        words = html.P(["Niemand ist angemeldet. ", page_link("Anmelden", urls.SIGN_IN)])
        return _page("Konto", [words, forms])
    parts = [_rights(), forms, _leave()]
    return _page(own.name, [*_duties(own), *parts], f"{own.login}, {ROLE_WORDS[own.role]}")


def _duties(own: AccountView) -> list[Component]:
    """Say what must be done before the account is worth anything."""
    found = []
    if own.must_change:
        words = "Das Passwort hat jemand anderes vergeben: bitte jetzt ein eigenes setzen."
        found.append(notice(words, "warn"))
    if own.role in SECOND_FACTOR and not current().is_confirmed:
        words = (
            f"Die Rolle „{ROLE_WORDS[own.role]}“ gilt erst mit dem zweiten Faktor."
            " Bis dahin darf dieses Konto nur lesen."
        )
        found.append(notice(words, "warn"))
    return found


def _page(title: str, parts: Sequence[Component], line: str = "") -> Component:
    eyebrow = html.P("Konto", className="intro__eyebrow")
    lines = [html.P(line, className="intro__sub")] if line else []
    head: list[Component] = [eyebrow, html.H1(title), *lines]
    return html.Div([html.Div(head, className="intro"), *parts], className="page")


def _rights() -> Component:
    words = [html.Li(RIGHT_WORDS[right]) for right in RIGHT_WORDS if right in current().rights]
    parts: list[Component] = [html.Ul(words)]
    if may(Right.PROPOSE):
        parts.append(html.P(page_link("Schwellenwerte ansehen und ändern", urls.THRESHOLDS)))
    return panel("Was dieses Konto jetzt darf", parts)


def _password() -> Component:
    fields = [
        _secret("Bisheriges Passwort", ids.PASSWORD_OLD, "current-password"),
        _secret("Neues Passwort", ids.PASSWORD_NEW, "new-password"),
        _secret("Neues Passwort noch einmal", ids.PASSWORD_AGAIN, "new-password"),
        html.P(
            "Mindestens 12 Zeichen; gut sind vier oder mehr zufällige Wörter.", className="muted"
        ),
        html.Div(
            html.Button(
                "Passwort ändern", id=ids.PASSWORD_SAVE, className="btn btn-primary", type="button"
            )
        ),
        html.Div(id=ids.PASSWORD_SAID, role="status"),
    ]
    return panel("Passwort", html.Div(fields, className="stack form-narrow"))


def _factor(own: AccountView | None) -> Component:
    secret, login = second_factor.new_secret(), own.login if own else ""
    state = (
        "Eingerichtet. Ein neues Telefon: hier neu einrichten, der alte Code gilt dann nicht mehr."
        if own is not None and own.has_second_factor
        else "Noch nicht eingerichtet. Nötig für Krisenstab und Verwaltung."
    )
    steps = [
        html.P(state),
        html.P("Mit einer Authenticator-App diesen Code einlesen oder den Schlüssel eintippen:"),
        inline_svg(
            code_svg(second_factor.address(secret, login), "Für die Authenticator-App"),
            "qr-code",
        ),
        html.P(["Schlüssel: ", html.Code(" ".join(_fours(secret)))]),
        dcc.Store(id=ids.FACTOR_SECRET, data=secret),
        html.Label("Code aus der App", htmlFor=ids.FACTOR_CODE, className="form-label"),
        dbc.Input(id=ids.FACTOR_CODE, type="text", maxlength=12, autocomplete="one-time-code"),
        html.Div(
            html.Button(
                "Zweiten Faktor einrichten",
                id=ids.FACTOR_SAVE,
                className="btn btn-primary",
                type="button",
            )
        ),
        html.Div(id=ids.FACTOR_SAID, role="status"),
    ]
    return panel("Zweiter Faktor", html.Div(steps, className="stack form-narrow"))


def _fours(secret: str) -> list[str]:
    return [secret[start : start + 4] for start in range(0, len(secret), 4)]


def _leave() -> Component:
    button = html.Button("Abmelden", type="submit", className="btn btn-quiet")
    return panel("Abmelden", html.Form(button, method="POST", action=urls.LEAVE))


def _secret(label: str, field: str, complete: str) -> Component:
    return html.Div(
        [
            html.Label(label, htmlFor=field, className="form-label"),
            dbc.Input(id=field, type="password", maxlength=128, autocomplete=complete),
        ]
    )


@callback(
    Output(ids.PASSWORD_SAID, "children"),
    Output(ids.PASSWORD_OLD, "value"),
    Output(ids.PASSWORD_NEW, "value"),
    Output(ids.PASSWORD_AGAIN, "value"),
    Input(ids.PASSWORD_SAVE, "n_clicks"),
    State(ids.PASSWORD_OLD, "value"),
    State(ids.PASSWORD_NEW, "value"),
    State(ids.PASSWORD_AGAIN, "value"),
    prevent_initial_call=True,
)
def change_password(
    _clicks: int, old: str | None, new: str | None, again: str | None
) -> tuple[Any, ...]:
    """Change the password; wrong words stay in their fields."""
    stay = (no_update, no_update, no_update)
    if (new or "") != (again or ""):
        return notice("Die beiden neuen Passwörter sind verschieden.", "warn"), *stay
    try:
        services().accounts.change_password(str(old or ""), str(new or ""))
    except CockpitError as error:
        return notice(error.user_message, "warn"), *stay
    words = "Das Passwort ist geändert. Andere Geräte mit diesem Konto sind abgemeldet."
    return notice(words), "", "", ""


@callback(
    Output(ids.FACTOR_SAID, "children"),
    Input(ids.FACTOR_SAVE, "n_clicks"),
    State(ids.FACTOR_SECRET, "data"),
    State(ids.FACTOR_CODE, "value"),
    prevent_initial_call=True,
)
def set_up_factor(_clicks: int, secret: str | None, code: str | None) -> Content:
    """Store the second factor and show the recovery codes, this once."""
    try:
        codes = services().accounts.set_up_second_factor(str(secret or ""), str(code or ""))
    except CockpitError as error:
        return notice(error.user_message, "warn")
    words = (
        "Eingerichtet. Diese Wiederherstellungscodes gelten je einmal, wenn das Telefon fehlt."
        " Bitte jetzt ausdrucken oder aufschreiben; sie werden nicht noch einmal gezeigt:"
    )
    listed = html.Ul([html.Li(html.Code(each)) for each in codes])
    way = html.P(html.A("Weiter zum Überblick", href=urls.HOME))
    return html.Div([notice(words), listed, way])
