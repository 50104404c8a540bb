"""The controls of a running drill: pace, jump, what is fed in."""

from dash import html
from dash.development.base_component import Component

from components import formats
from components.field import select_field, text_field
from components.panel import loading_line, notice, panel
from components.table import Column, Row, data_table
from pages.operations import _drill_ids as ids
from pages.operations._drill_booth import DEFAULT_SPEED, SPEEDS
from services.drills.desk import TEXT_MAX, DrillView
from services.drills.errors import DrillRefusedError
from services.drills.injecting import Kind
from services.local_time import PATTERN

AHEAD = (("15", "15 Minuten"), ("60", "1 Stunde"), ("180", "3 Stunden"))
BACK = (
    "Eine frühere Zeit beginnt die Übung dort neu: Alarme und Messwerte von danach sind weg, die"
    " Auswertung zählt von vorn."
)
KIND_WORDS = {
    Kind.SILENT: "Pegel stummgeschaltet",
    Kind.SPEAKS: "Pegel meldet wieder",
    Kind.FALSE: "falscher Messwert",
    Kind.REMARK: "Einspielung",
}


def form() -> list[Component]:
    """Lay out the controls."""
    pace = html.Div(
        [
            html.Div(loading_line(), id=ids.STATE, role="status"),
            html.Div(
                [
                    _button("Anhalten", ids.PAUSE, "btn-primary"),
                    _button("Weiter", ids.RESUME, "btn-primary"),
                ],
                className="actions",
            ),
            _line(
                select_field("Zeitraffer", ids.SPEED, SPEEDS, DEFAULT_SPEED),
                _button("Übernehmen", ids.SET_SPEED),
            ),
            _line(
                select_field("Vorspringen um", ids.AHEAD, AHEAD, "60"),
                _button("Vorspringen", ids.JUMP_AHEAD),
            ),
            _line(
                text_field("Zu einer Ereigniszeit", ids.AT, 24, PATTERN),
                _button("Dorthin", ids.JUMP),
            ),
            html.P(BACK, className="muted"),
            html.Div(id=ids.STEER_SAID, role="status"),
        ]
    )
    feed = html.Div(
        [
            html.Div(
                [
                    select_field("Pegel", ids.GAUGE, [], ""),
                    text_field("Falscher Wasserstand in m", ids.LEVEL, 6, "zum Beispiel 3,20"),
                ],
                className="form-row form-row--top",
            ),
            html.Div(
                [
                    _button("Pegel stummschalten", ids.SILENCE),
                    _button("Wieder melden lassen", ids.SPEAK),
                    _button("Falschen Wert melden", ids.FALSIFY),
                ],
                className="actions",
            ),
            text_field("Einspielung an alle", ids.REMARK, TEXT_MAX, "steht oben auf jeder Seite"),
            html.Div([_button("Einspielen", ids.SAY)], className="actions"),
            html.Div(id=ids.INJECT_SAID, role="status"),
            html.Div(id=ids.INJECTED),
        ]
    )
    halves = html.Div(
        [panel("Ablauf", pace), panel("Einspielen", feed)], className="grid grid--halves"
    )
    return [html.Div(halves, className="page__part")]


def state(found: DrillView) -> Component:
    """Say where the event stands."""
    if found.is_over:
        words = f"Das Ereignis ist zu Ende ({formats.stamp(found.end)})."
        return notice(words)
    start, end = formats.stamp(found.start), formats.stamp(found.end)
    pace = "angehalten" if found.is_paused else f"läuft, Zeitraffer {formats.number(found.speed)}×"
    return notice(
        html.P(
            [
                html.Strong(f"Ereigniszeit {formats.stamp(found.now)}, {pace}."),
                f" Das Ereignis reicht von {start} bis {end};",
                f" auf der Uhr ist es {formats.stamp(found.wall_now)}.",
            ]
        ),
        "whatif" if found.is_paused else "none",
    )


def injected(found: DrillView) -> Component:
    """List what was fed in, newest first."""
    names = dict(found.gauges)
    if not found.injections:
        return html.P("Noch nichts eingespielt.", className="muted")
    columns = [Column("Ereigniszeit"), Column("Was", label="Was"), Column("von", label="von")]
    rows = []
    for row in reversed(found.injections):
        value = "" if row.value_m is None else f" {formats.quantity(row.value_m, 'm')}"
        about = row.text or f"{names.get(row.gauge_id, row.gauge_id)}{value}"
        what = f"{KIND_WORDS[Kind(row.kind)]}: {about}"
        rows.append(Row((formats.stamp(row.at), what, row.actor)))
    return data_table("Eingespielt, Neuestes zuerst", columns, rows, variant="dense cards")


def gauge_options(found: DrillView) -> list[dict[str, str]]:
    """Offer the gauges that speak here; a silenced one says so."""
    return [
        {"value": key, "label": f"{name} (stumm)" if key in found.silent else name}
        for key, name in found.gauges
    ]


def pace_options(speed: float) -> tuple[list[dict[str, str]], str]:
    """Offer the paces, that of the drill among them, and choose it."""
    chosen = f"{speed:g}"
    known = dict(SPEEDS)
    known.setdefault(chosen, f"{formats.number(speed)}×")
    ordered = sorted(known.items(), key=lambda item: float(item[0]))
    return [{"value": key, "label": words} for key, words in ordered], chosen


def typed_level(text: str | None) -> float:
    """Return a level in m that somebody typed.

    Raises
    ------
    DrillRefusedError
        When it is no number.
    """
    try:
        return float((text or "").strip().replace(",", "."))
    except ValueError as error:
        words = "Bitte den Wasserstand als Zahl in m angeben, zum Beispiel 3,20."
        raise DrillRefusedError(user_message=words) from error


def _line(field: Component, button: Component) -> Component:
    return html.Div([field, button], className="form-row")


def _button(word: str, button_id: str, kind: str = "btn-quiet") -> Component:
    return html.Button(word, id=button_id, className=f"btn btn-sm {kind}", type="button")
