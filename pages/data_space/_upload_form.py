"""The form of /daten/hochladen: file, columns, what the values are."""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import attributes
from components.choice import choice
from components.content import Content
from components.panel import panel
from pages.data_space import _upload_ids as ids
from pages.data_space._upload_words import stream_words
from services.tables.assignment import INDICATOR, LONGEST, LONGEST_OTHER, SERIES
from services.tables.decimals import COMMA, POINT
from services.tables.instants import UTC_TIME, WINTER_TIME
from services.tables.reader import MOST_SKIPPED
from services.tables.service import Preview
from services.tables.shelf import MAX_UPLOAD_BYTES
from services.tables.uploads import StreamChoice

KINDS = ((INDICATOR, "Werte je Gemeinde (Indikator)"), (SERIES, "Messreihe"))
ACCEPTED = ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods"
LIMIT = str(MAX_UPLOAD_BYTES)
MB = MAX_UPLOAD_BYTES // 1_000_000
HINT = (
    f"CSV oder Excel, im Browser höchstens {MB} MB. Größere Dateien liest auf dem Rechner des "
    "Cockpits das Verb ./cockpit import table ein. Die Datei bleibt höchstens eine Stunde liegen."
)
PREPARING = "Wird vorbereitet …"
NONE = "__keine__"
"""Chosen where nothing is; a select shows an empty value as an empty box, without its words."""
DECIMALS = [
    {"value": NONE, "label": "automatisch, Mehrdeutiges abweisen"},
    {"value": COMMA, "label": "Komma (1.234,5)"},
    {"value": POINT, "label": "Punkt (1,234.5)"},
]
NO_COLUMN = {"value": NONE, "label": "keine Spalte"}
TIMES = [
    {"value": NONE, "label": "Ortszeit der Region"},
    {"value": WINTER_TIME, "label": "MEZ ganzjährig (UTC+1)"},
    {"value": UTC_TIME, "label": "UTC"},
]
NO_STREAM = {"value": NONE, "label": "bitte wählen"}


def file_panel() -> Component:
    """Ask for the file and where its header is."""
    button = html.Button("Datei wählen", className="btn btn-primary", type="button")
    # dropping and the button are two ways to the same; the button is the one for the keyboard
    chooser = dcc.Upload(
        html.Div(
            [button, html.Span("oder hierher ziehen", className="muted")], className="actions"
        ),
        id=ids.FILE,
        accept=ACCEPTED,
        max_size=MAX_UPLOAD_BYTES,
        className="upload__drop",
    )
    refused = html.Div(
        id=ids.TOO_LARGE, role="status", className="upload__refused", **attributes(data_mb=str(MB))
    )
    skip: Component = dbc.Input(
        id=ids.SKIP, type="number", min=0, max=MOST_SKIPPED, step=1, value=0, inputmode="numeric"
    )
    options = html.Div(
        [
            labelled("Zeilen über der Kopfzeile", skip),
            labelled("Tabellenblatt (nur Excel; leer: das erste)", _text(ids.SHEET, LONGEST_OTHER)),
        ],
        className="form-row",
    )
    wrapped = html.Div(
        [chooser, refused], className="upload", **attributes(data_upload_limit=LIMIT)
    )
    note = html.Div(id=ids.FILE_NOTE, role="status")
    sentence = html.P(HINT, className="panel__sentence")
    return panel("1. Datei", [sentence, wrapped, options, note])


def mapping_panel() -> Component:
    """Ask which columns mean what; the columns themselves come with a file."""
    fields = html.Div(
        [
            html.Div(id=ids.COLUMNS),
            html.Div(
                [
                    _asked("title", "Titel", "wie er heißen soll", only=INDICATOR),
                    _asked("indicator_id", "Kennung", "a bis z, 0 bis 9, -", only=INDICATOR),
                    _asked("unit", "Einheit", "zum Beispiel Personen, m, cm, °C"),
                    _asked("source", "Quelle", "Herausgeber und Tabelle", only=INDICATOR),
                    _asked(
                        "licence",
                        "Lizenz",
                        "zum Beispiel dl-de/by-2-0, CC BY 4.0, CC0",
                        only=INDICATOR,
                    ),
                ],
                className="form-row",
            ),
        ],
        id=ids.FIELDS,
    )
    kinds = choice("Was steht in der Tabelle?", ids.KIND, KINDS, INDICATOR)
    return panel("3. Zuordnung", [kinds, fields])


def actions_panel() -> Component:
    """Offer to check, then to take over."""
    buttons = html.Div(
        [
            _button("Prüfen", ids.CHECK, "btn-primary"),
            _button("Übernehmen", ids.TAKE, "btn-quiet", is_disabled=True),
        ],
        className="actions upload-buttons",
    )
    words = "Prüfen speichert nichts. Übernehmen geht, wenn eine Prüfung bestanden ist."
    sentence = html.P(words, className="panel__sentence")
    after = [working(), html.Div(outcome(), id=ids.OUTCOME)]
    return panel("4. Prüfen und übernehmen", [sentence, buttons, *after])


def working() -> Component:
    """Place what a step that takes time is at, with a way out where nothing is stored."""
    step = html.Span(PREPARING, id=ids.STEP, role="status")
    kind = "btn btn-quiet btn-sm"
    cancel = html.Button("Abbrechen", id=ids.CANCEL, className=kind, type="button", hidden=True)
    return html.Div([step, cancel], id=ids.WORKING, className="actions panel__after", hidden=True)


def outcome(said: Content = None) -> list[Component]:
    """Place what a step says and shows, and what is checked: nothing yet."""
    return [
        dcc.Store(id=ids.CHECKED, data=""),
        html.Div(said, id=ids.SAID, role="status", className="panel__after"),
        html.Div(id=ids.RESULT, className="page__part panel__after"),
    ]


def columns(found: Preview, streams: Sequence[StreamChoice]) -> Component:
    """Offer the columns of a table, preset by the guess, and the datastreams by name."""
    guess = found.guess
    named = [{"value": name, "label": name} for name in found.columns]
    several = [NO_COLUMN, *named]
    streams_by_name = [{"value": item.key, "label": stream_words(item)} for item in streams]
    return html.Div(
        [
            _select(
                "ags_column", "Spalte des Gemeindeschlüssels", several, guess.ags_column, INDICATOR
            ),
            _select(
                "period_column", "Spalte des Zeitraums", several, guess.period_column, INDICATOR
            ),
            _asked("period", "oder ein Zeitraum für alle", "2024 oder 2024-06", only=INDICATOR),
            _select("time_column", "Spalte der Zeit", several, guess.time_column, SERIES),
            _select("time_zone", "Zeitzone der Zeiten", TIMES, NONE, SERIES),
            _select("station_column", "Spalte der Station", several, guess.station_column, SERIES),
            _station(found),
            _select("value_column", "Spalte des Werts", several, guess.value_column),
            _select("decimal", "Dezimalzeichen der Werte", DECIMALS, NONE),
            _select("datastream", "Messreihe", [NO_STREAM, *streams_by_name], NONE, SERIES),
        ],
        className="form-row",
    )


def _station(found: Preview) -> Component:
    """Ask whose rows are meant; a table of a single station needs no choice."""
    if not found.stations:
        words = "nur mit einer Spalte der Station"
        return _asked("station", "Nur diese Station", words, only=SERIES)
    named = [{"value": name, "label": name} for name in found.stations]
    only = found.stations[0] if len(found.stations) == 1 else NONE
    return _select("station", "Nur diese Station", [NO_STREAM, *named], only, SERIES)


def labelled(label: str, control: Component, hint: str = "", only: str = "") -> Component:
    """Put a control into its label; `only` names the kind that it is for."""
    parts: list[Component] = [html.Span(label, className="form-label"), control]
    if hint:
        parts.append(html.Span(hint, className="field__hint"))
    name = f"field field--{only}" if only else "field"
    return html.Label(parts, className=name)


def _asked(name: str, label: str, hint: str, only: str = "") -> Component:
    control = _text(ids.field(name), LONGEST.get(name, LONGEST_OTHER))
    return labelled(label, control, hint, only)


def _select(
    name: str, label: str, options: list[dict[str, str]], value: str, only: str = ""
) -> Component:
    control: Component = dbc.Select(id=ids.field(name), options=options, value=value or NONE)
    return labelled(label, control, only=only)


def _text(control_id: object, longest: int) -> Component:
    control: Component = dbc.Input(id=control_id, type="text", maxlength=longest, value="")
    return control


def _button(words: str, button_id: str, kind: str, *, is_disabled: bool = False) -> Component:
    return html.Button(
        words, id=button_id, className=f"btn {kind}", type="button", disabled=is_disabled
    )
