"""The forms of /verwaltung: a new account, and what may be done with one."""

from dash import html
from dash.development.base_component import Component

from components.field import select_field, text_field
from components.panel import disclosure, notice, panel
from pages.administration import _ids as ids
from services.people.accounts import NAME_MAX
from services.people.model import ROLE_WORDS, Role

LOGIN_MAX = 80
ROLES = [(role.value, ROLE_WORDS[role]) for role in ROLE_WORDS if role is not Role.PUBLIC]
NONE = ("__keines__", "bitte wählen")
"""Chosen where nothing is; a select shows an empty value as an empty box, without its words."""
ONCE = "Dieses Passwort wird nur jetzt gezeigt und gilt, bis die Person ein eigenes setzt."


def new_panel() -> Component:
    """Ask for login, name and role of a new account."""
    hint = "Kleinbuchstaben, Ziffern, . _ @ -"
    fields = [
        text_field("Anmeldename", ids.NEW_LOGIN, LOGIN_MAX, hint),
        text_field("Name", ids.NEW_NAME, NAME_MAX, "so steht er an Einträgen und im Protokoll"),
        select_field("Rolle", ids.NEW_ROLE, ROLES, Role.PLANNER.value),
    ]
    return panel(
        "Neues Konto",
        [
            html.Div(fields, className="form-row form-row--top"),
            html.Div(_button("Konto anlegen", ids.NEW_ADD, "btn-primary"), className="actions"),
            html.Div(id=ids.NEW_SAID, role="status", className="panel__after"),
        ],
    )


def change_panel() -> Component:
    """Offer what may be done with one account; to delete it its login is typed again."""
    words = (
        "Jede Änderung beendet die Sitzungen des Kontos. Ein neues erstes Passwort löscht auch den"
        " zweiten Faktor."
    )
    removal = [
        html.P(
            "Gelöscht wird alles, was vom Konto gespeichert ist, außer seinen Einträgen im"
            " Protokoll. Das lässt sich nicht zurücknehmen."
        ),
        html.Div(
            text_field("Zur Bestätigung den Anmeldenamen wiederholen", ids.AGAIN, LOGIN_MAX),
            className="form-row",
        ),
        html.Div(_button("Konto löschen", ids.REMOVE, "btn-quiet"), className="actions"),
    ]
    return panel(
        "Konto ändern",
        [
            html.P(words, className="panel__sentence"),
            html.Div(
                [
                    select_field("Konto", ids.CHOSEN, [NONE], NONE[0]),
                    select_field("Rolle", ids.ROLE, ROLES, Role.PLANNER.value),
                ],
                className="form-row",
            ),
            html.Div(
                [
                    _button("Rolle setzen", ids.ROLE_SET, "btn-quiet"),
                    _button("Neues erstes Passwort", ids.RESET, "btn-quiet"),
                    _button("Schließen", ids.CLOSE, "btn-quiet"),
                    _button("Öffnen", ids.OPEN, "btn-quiet"),
                ],
                className="actions",
            ),
            disclosure("Löschen", removal),
            html.Div(id=ids.SAID, role="status", className="panel__after"),
        ],
    )


def first_password(login: str, first: str) -> Component:
    """Show a first password, this once."""
    words: list[str | Component] = [f"Erstes Passwort für {login}: ", html.Code(first), f". {ONCE}"]
    return notice(html.P(words))


def _button(words: str, button_id: str, kind: str) -> Component:
    return html.Button(words, id=button_id, className=f"btn {kind}", type="button")
