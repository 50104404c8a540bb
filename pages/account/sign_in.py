"""Signing in: one plain form; in the demonstration also without an account."""

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page
from dash.development.base_component import Component

from components import urls
from components.links import page_link
from components.panel import notice, panel
from services.container import services
from services.people.identity import current
from services.people.model import ROLE_WORDS, Role
from services.people.oidc.errors import (
    ExternalSignInError,
    NoFactorError,
    NoRoleError,
    ProviderDownError,
)

register_page(
    __name__, path=urls.SIGN_IN, name="Anmelden", title="Anmelden", order=95, in_nav=False
)

FAULTS = {
    "falsch": "Anmeldename, Passwort oder Code stimmt nicht. Nach fünf falschen Versuchen ist die"
    " Anmeldung in diesem Browser oder von diesem Anschluss einige Minuten gesperrt.",
    "extern": ExternalSignInError.user_message,
    "extern-aus": ProviderDownError.user_message,
    "extern-rolle": NoRoleError.user_message,
    "extern-faktor": NoFactorError.user_message,
    "voll": "Niemand kann sich anmelden: Der Datenträger ist voll. Wer angemeldet ist, sieht die"
    " Lage weiter. Bitte die Verwaltung des Cockpits rufen.",
    "datenbank": "Zurzeit kann sich niemand anmelden: Die Datenbank antwortet nicht. Bitte gleich"
    " noch einmal.",
    "gesperrt": "Zu viele falsche Versuche in diesem Browser oder von diesem Anschluss. Bitte in"
    " einigen Minuten noch einmal, oder von einem anderen Gerät.",
}
NO_PROVIDER = (
    "In der Übung gibt es keinen Anmeldedienst. Wer sich sonst dort anmeldet, braucht ein Konto"
    " dieses Cockpits mit Passwort; die Verwaltung des Cockpits legt es im Echtbetrieb an, bevor"
    " die Übung beginnt."
)
TARGET_MAX = 200
DEMO_ROLES = (Role.CRISIS, Role.PLANNER, Role.COUNCIL, Role.ADMIN)


def layout(fehler: str = "", weiter: str = "", **_query: str) -> Component:
    """Show the form; who has signed in already sees as whom."""
    who = current()
    parts: list[Component] = [
        html.Div(
            [
                html.P("Konto", className="intro__eyebrow"),
                html.H1("Anmelden"),
                html.P(
                    "Lesen darf hier jeder ohne Anmeldung. Ein Konto brauchen Krisenstab, Planung,"
                    " Kreistag und Verwaltung des Cockpits.",
                    className="intro__sub",
                ),
            ],
            className="intro",
        )
    ]
    if fehler in FAULTS:
        parts.append(html.Div(notice(FAULTS[fehler], "warn"), role="alert"))
    if who.is_signed_in:
        parts.append(_present(who.name, ROLE_WORDS[who.role]))
    if services().site.is_demo and services().sign_in.is_demo:
        parts.append(_demonstration(weiter))
    if services().site.is_drill and services().accounts.has_external():
        parts.append(notice(NO_PROVIDER, "info"))
    external = services().external
    if external is not None:
        parts.append(_external(external.name, weiter))
    parts.append(panel("Mit Konto dieses Cockpits" if external else "Mit Konto", _form(weiter)))
    return html.Div(parts, className="page")


def _present(name: str, role: str) -> Component:
    return notice(
        html.P([f"Angemeldet als {name} ({role}). ", page_link("Zum Konto", urls.ACCOUNT)])
    )


def _external(name: str, target: str) -> Component:
    words = "Die Rolle bestimmt der Anmeldedienst; Konten dieses Cockpits gelten daneben weiter."
    address = urls.external_sign_in_url(target[:TARGET_MAX])
    return panel(
        name,
        [
            html.P(words),
            html.Div(
                [
                    html.A(f"Mit {name} anmelden", href=address, className="btn btn-primary"),
                    html.A("Dort abmelden", href=urls.EXTERNAL_END, className="btn btn-quiet"),
                ],
                className="actions",
            ),
        ],
    )


def _form(target: str) -> Component:
    code_hint = (
        "Sechs Ziffern, für Krisenstab und Verwaltung. Ohne Telefon: einer der"
        " Wiederherstellungscodes."
    )
    wall_hint = "Die Wandanzeige bleibt 30 Tage angemeldet und kann nur zeigen, nichts entscheiden."
    return html.Form(
        [
            _labelled("Anmeldename", "login", "text", "username"),
            _labelled("Passwort", "password", "password", "current-password"),
            _labelled("Code aus der App", "code", "text", "one-time-code", code_hint),
            dcc.Input(type="hidden", name="weiter", value=target[:TARGET_MAX]),
            html.Div(
                [
                    html.Button("Anmelden", type="submit", className="btn btn-primary"),
                    html.Button(
                        "Als Wandanzeige anmelden",
                        type="submit",
                        name="wall",
                        value="1",
                        className="btn btn-quiet",
                    ),
                ],
                className="actions",
            ),
            html.P(wall_hint, className="field__hint"),
        ],
        method="POST",
        action=urls.ENTER,
        className="stack form-narrow",
    )


def _labelled(label: str, name: str, kind: str, complete: str, hint: str = "") -> Component:
    field = f"sign-in-{name}"
    parts: list[Component] = [
        html.Label(label, htmlFor=field, className="form-label"),
        dbc.Input(id=field, type=kind, name=name, autocomplete=complete, maxlength=128),
    ]
    if hint:
        parts.append(html.Span(hint, className="field__hint"))
    return html.Div(parts)


def _demonstration(target: str) -> Component:
    words = (
        "Alle Werte sind simuliert, deshalb geht es hier ohne Konto. Im Echtbetrieb gibt es diese"
        " Knöpfe nicht."
    )
    buttons = [
        html.Button(
            f"Als {ROLE_WORDS[role]}",
            type="submit",
            name="role",
            value=role.value,
            className="btn btn-quiet",
        )
        for role in DEMO_ROLES
    ]
    form = html.Form(
        [
            dcc.Input(type="hidden", name="weiter", value=target[:TARGET_MAX]),
            html.Div(buttons, className="actions"),
        ],
        method="POST",
        action=urls.ENTER_DEMO,
    )
    return panel("Vorführung", [html.P(words), form])
