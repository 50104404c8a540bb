"""The forms of /verwaltung/empfaenger: one recipient, and lists."""

from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import attributes
from components.field import select_field, text_field
from components.panel import disclosure, panel
from pages.administration import _recipient_ids as ids
from services.notifications.recipient_form import (
    CONFIRMED_LABEL,
    CONSENT_LABEL,
    LIST_MAX,
    NAME_LABEL,
    NAME_MAX,
    NOTE_MAX,
)
from services.notifications.recipient_table import BYTES_MAX, COLUMNS

NEW = ("__neu__", "neuer Empfänger")
ACTIVE = [("ja", "wird gerufen"), ("nein", "pausiert")]
DATE_MAX = 10
PURPOSE = (
    "Gespeichert wird nur, was zum Benachrichtigen nötig ist. Eine Person weiß davon: Das Datum der"
    " Zustimmung gehört dazu. Gelöscht wird alles, auch in alten Zustellungen."
)
REMOVAL = (
    "Gelöscht werden Name, Adressen und die Verbindung zu allen Zustellungen. Was bleibt, ist ohne"
    " Person: dass und wann eine Meldung angenommen wurde."
)


def edit_panel() -> Component:
    """Ask for all that is kept of a recipient."""
    fields = [
        select_field("Empfänger", ids.CHOSEN, [NEW], NEW[0]),
        text_field(NAME_LABEL, ids.NAME, NAME_MAX),
        text_field("Gruppen", ids.GROUPS, LIST_MAX, "mit Komma getrennt"),
        text_field(
            "Meldewege",
            ids.CHANNELS,
            LIST_MAX,
            "in der Reihenfolge des Versuchens: email:name@example.org, sms:0171 …",
        ),
        text_field(CONSENT_LABEL, ids.CONSENT, DATE_MAX, "TT.MM.JJJJ"),
        text_field(CONFIRMED_LABEL, ids.CONFIRMED, DATE_MAX, "TT.MM.JJJJ"),
        text_field("Notiz", ids.NOTE, NOTE_MAX),
        select_field("Stand", ids.ACTIVE, ACTIVE, "ja"),
    ]
    return panel(
        "Eintragen und ändern",
        [
            html.P(PURPOSE, className="panel__sentence"),
            html.Div(fields, className="form-row form-row--top"),
            html.Div(_button("Speichern", ids.SAVE, "btn-primary"), className="actions"),
            html.Div(id=ids.SAVED, role="status", className="panel__after"),
        ],
    )


def act_panel() -> Component:
    """Offer what may be done with the chosen recipient; to delete, the name is typed again."""
    words = "Betrifft den Empfänger, der oben unter „Eintragen und ändern“ gewählt ist."
    removal = [
        html.P(REMOVAL),
        html.Div(
            text_field("Zur Bestätigung den Namen wiederholen", ids.AGAIN, NAME_MAX),
            className="form-row",
        ),
        html.Div(_button("Empfänger löschen", ids.REMOVE, "btn-quiet"), className="actions"),
    ]
    buttons = [
        _button("Probemeldung senden", ids.TEST, "btn-quiet"),
        _button("Adressen heute bestätigt", ids.CONFIRM, "btn-quiet"),
        _button("Pausieren", ids.PAUSE, "btn-quiet"),
        _button("Wieder rufen", ids.RESUME, "btn-quiet"),
    ]
    return panel(
        "Prüfen, pausieren, löschen",
        [
            html.P(words, className="panel__sentence"),
            html.Div(buttons, className="actions"),
            disclosure("Löschen", removal),
            html.Div(id=ids.DONE, role="status", className="panel__after"),
        ],
    )


def list_panel() -> Component:
    """Read a list with a preview, and write one."""
    words = (
        f"CSV in UTF-8 mit den Spalten {', '.join(COLUMNS)}. Nur name, groups und channels sind"
        " Pflicht. Einlesen zeigt zuerst, was geschähe, und ändert niemanden, der schon da ist."
    )
    chooser = dcc.Upload(
        html.Button("Liste wählen", className="btn btn-quiet", type="button"),
        id=ids.FILE,
        accept=".csv,.txt",
        max_size=BYTES_MAX,
    )
    # the button is for the keyboard; the mark lets the script hide the field that Dash adds
    wrapped = html.Div(
        [
            chooser,
            html.Div(
                id=ids.TOO_LARGE,
                role="status",
                className="upload__refused",
                **attributes(data_mb="1"),
            ),
        ],
        **attributes(data_upload_limit=str(BYTES_MAX)),
    )
    take = html.Button(
        "Übernehmen", id=ids.TAKE, className="btn btn-primary", type="button", disabled=True
    )
    return panel(
        "Listen",
        [
            html.P(words, className="panel__sentence"),
            html.Div(
                [wrapped, take, _button("Liste ausgeben", ids.EXPORT, "btn-quiet")],
                className="actions",
            ),
            html.Div(id=ids.TAKEN, role="status", className="panel__after"),
            html.Div(id=ids.PREVIEW, className="panel__after"),
            dcc.Download(id=ids.DOWNLOAD),
        ],
    )


def _button(words: str, button_id: str, kind: str) -> Component:
    return html.Button(words, id=button_id, className=f"btn {kind}", type="button")
