"""The form of /daten/pruefung: flag a period by hand, or judge it again."""

from datetime import datetime

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components import formats
from components.panel import notice, panel
from components.sign_in_hint import for_right
from pages.data_space import _checks_ids as ids
from services.container import services
from services.errors import CockpitError
from services.flood.model import Flag
from services.local_time import PATTERN, instant_of
from services.people.model import Right
from services.quality.reprocess import Report
from services.quality.service import REASON_MAX, ManualFlag
from services.quality.verdict import WORDS

TIME_MAX = len("25.10.2026 02:30 MESZ")
CHOICES = (
    (str(Flag.FAIL), "falsch"),
    (str(Flag.SUSPECT), "verdächtig"),
    (str(Flag.GOOD), "gut"),
    ("0", "wieder den Prüfungen überlassen"),
)
CONSEQUENCES = (
    "Ein Kennzeichen von Hand gilt vor jeder Prüfung, auch für Werte, die im Zeitraum noch"
    " kommen, bis jemand neu entscheidet. Verdächtige und falsche Werte fehlen ab dem nächsten"
    " Zyklus in den Vorwarnzeiten; der Pegel kann dadurch als still gelten. Rohwerte bleiben, der"
    " alte Stand bleibt nachlesbar. Der Grund steht am Messwert."
)
COUNTED = {"good": "gut", "not evaluated": "nicht geprüft", "earlier": "ohne Angabe der Prüfung"}
NO_STREAM = "Bitte eine Messreihe wählen."


def form_panel(path: str) -> Component:
    """Offer both actions with what they change; `path` leads back here after signing in."""
    fields = html.Div(
        [
            _field("Messreihe", ids.KEY, dbc.Select(id=ids.KEY, options=[])),
            _field(f"von ({PATTERN})", ids.START, _text(ids.START, TIME_MAX)),
            _field(f"bis ({PATTERN})", ids.END, _text(ids.END, TIME_MAX)),
            _field(
                "Kennzeichen",
                ids.FLAG,
                dbc.Select(
                    id=ids.FLAG,
                    options=[{"value": key, "label": word} for key, word in CHOICES],
                    value=CHOICES[0][0],
                ),
            ),
            _field("Grund", ids.REASON, _text(ids.REASON, REASON_MAX)),
        ],
        className="form-row",
    )
    buttons = html.Div(
        [
            _button("Kennzeichnen", ids.SAVE, "btn btn-sm btn-primary"),
            _button("Neu prüfen: nur zeigen", ids.TRY, "btn btn-sm btn-quiet"),
            _button("Neu prüfen und speichern", ids.AGAIN, "btn btn-sm btn-quiet"),
        ],
        className="actions",
    )
    note = html.Div(id=ids.NOTE, role="status", className="flag-note")
    title = "Zeitraum kennzeichnen oder neu prüfen"
    consequences = html.P(CONSEQUENCES, className="muted")
    form = html.Div([consequences, fields, buttons], className="stack")
    return panel(title, [for_right(Right.CURATE, form, path), note])


def act(
    button: str | None, key: str | None, period: tuple[str | None, str | None], *said: str | None
) -> tuple[Component, bool]:
    """Do what a button asks; returns the words for it and whether anything was stored."""
    if not key:
        return notice(NO_STREAM, "warn"), False
    try:
        start, end = (instant_of(text or "", formats.BERLIN) for text in period)
        return _done(button, key, (start, end), [text or "" for text in said])
    except CockpitError as error:
        return notice(error.user_message, "warn"), False


def _done(
    button: str | None, key: str, period: tuple[datetime, datetime], said: list[str]
) -> tuple[Component, bool]:
    flag, reason = said
    quality = services().quality
    if button == ids.SAVE:
        wish = ManualFlag(key, *period, int(flag), reason)
        report = quality.flag(wish)
        return notice(f"Gekennzeichnet: {_changed(report)}"), True
    dry = button == ids.TRY
    report = quality.reprocess(key, *period, dry_run=dry)
    return _compared(report, "Es würden geändert: " if dry else "Geändert: "), not dry


def _compared(report: Report, begin: str) -> Component:
    items = [
        html.Li(f"{COUNTED.get(name) or WORDS.get(name, name)}: {report.before[name]} → {count}")
        for name, count in sorted((report.before | report.after).items())
        for count in (report.after[name],)
    ]
    hints = [html.P(report.hints.sentence)] if report.hints.sentence else []
    return html.Div([notice(begin + _changed(report)), html.Ul(items), *hints])


def _changed(report: Report) -> str:
    return f"{formats.number(report.changed)} von {formats.number(report.seen)} Werten."


def _text(field_id: str, most: int) -> Component:
    made: Component = dbc.Input(id=field_id, type="text", maxlength=most)
    return made


def _button(word: str, button_id: str, class_name: str) -> Component:
    return html.Button(word, id=button_id, className=class_name, type="button")


def _field(label: str, field_id: str, control: Component) -> Component:
    return html.Div([html.Label(label, htmlFor=field_id, className="form-label"), control])
