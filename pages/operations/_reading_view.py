"""Pieces of the page for readings by hand: the form for the phone at the river, the list."""

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.choice import choice
from components.field import select_field, text_field
from components.freshness import age_of
from components.links import page_link
from components.panel import panel
from components.table import Cell, Column, Row, data_table
from pages.operations import _night_ids as ids
from services.manual_readings.desk import NAME_MAX, REASON_MAX
from services.manual_readings.model import WAY_WORDS, GaugeChoice, ManualReadingView, Way

NOTHING = "__keine__"
"""Chosen where nothing is; a select shows an empty value as an empty box, without its words."""
TYPED_MAX = 24
VALUE_HINT = "in Metern, zum Beispiel 1,85"
TIME_HINT = "leer: jetzt; sonst 06:40 oder TT.MM.JJJJ HH:MM"
BY_HINT = "Funktion oder Name; leer: Ihr Name"


def form(gauges: Sequence[GaugeChoice], chosen: str) -> Component:
    """Ask for one reading; few and large fields."""
    options = [(item.gauge_id, f"{item.name} ({item.river_name})") for item in gauges]
    value = chosen if chosen in [key for key, _ in options] else NOTHING
    ways = [(way.value, WAY_WORDS[way]) for way in Way]
    fields = [
        select_field("Pegel", ids.READING_GAUGE, [(NOTHING, "bitte wählen"), *options], value),
        html.P(id=ids.READING_BOUNDS, className="muted"),
        html.Div(
            [
                text_field("Wasserstand", ids.READING_VALUE, TYPED_MAX, VALUE_HINT),
                text_field("Zeit der Ablesung", ids.READING_AT, TYPED_MAX, TIME_HINT),
            ],
            className="form-row form-row--top",
        ),
        choice("Woher kommt der Wert?", ids.READING_WAY, ways, Way.READ.value),
        text_field("Wer hat abgelesen?", ids.READING_BY, NAME_MAX, BY_HINT),
    ]
    button = html.Button(
        "Ablesung eintragen", id=ids.READING_ENTER, className="btn btn-primary", type="button"
    )
    note = html.Div(id=ids.READING_NOTE, role="status", className="panel__after")
    return panel(
        "Neue Ablesung",
        [
            html.Div(fields, className="form-stack"),
            html.Div(button, className="actions panel__after"),
            note,
        ],
    )


def back_form() -> Component:
    """Ask which reading is to be taken back, and why."""
    button = html.Button(
        "Ablesung zurückziehen", id=ids.READING_WITHDRAW, className="btn btn-quiet", type="button"
    )
    words = "Der Wert zählt dann nicht mehr. Er bleibt mit Grund und Namen sichtbar."
    return panel(
        "Falsche Ablesung zurückziehen",
        [
            html.P(words, className="muted"),
            html.Div(
                [
                    select_field(
                        "Ablesung", ids.READING_BACK, [(NOTHING, "bitte wählen")], NOTHING
                    ),
                    text_field("Was war falsch?", ids.READING_REASON, REASON_MAX),
                ],
                className="form-stack",
            ),
            html.Div(button, className="actions panel__after"),
            html.Div(id=ids.READING_BACK_NOTE, role="status", className="panel__after"),
        ],
    )


def bounds_words(gauges: Sequence[GaugeChoice], gauge_id: str) -> str:
    """Say what the chosen gauge can show."""
    found = next((item for item in gauges if item.gauge_id == gauge_id), None)
    if found is None:
        return ""
    low, high = formats.quantity(found.lowest_m, "m"), formats.quantity(found.highest_m, "m")
    return f"Dieser Pegel zeigt {low} bis {high}."


def back_options(readings: Sequence[ManualReadingView], now: datetime) -> list[dict[str, str]]:
    """Offer the readings that hold."""
    held = [item for item in readings if item.withdrawn_at is None]
    first = {"value": NOTHING, "label": "bitte wählen" if held else "keine, die gilt"}
    return [first, *({"value": str(item.reading_id), "label": _name(item, now)} for item in held)]


def _name(item: ManualReadingView, now: datetime) -> str:
    value = formats.quantity(item.value, item.unit)
    return f"{item.gauge_name}: {value}, {formats.moment(item.read_at, now)}"


def listed(readings: Sequence[ManualReadingView], now: datetime) -> Component:
    """Show the readings of two days."""
    title = "Ablesungen der letzten zwei Tage"
    if not readings:
        return panel(title, html.P("Noch keine. Werte der Geräte stehen bei den Pegeln."))
    columns = [
        Column("Pegel"),
        Column("Wert", "number", card="right"),
        Column("abgelesen", label="abgelesen", card="wide"),
        Column("Herkunft", label="Herkunft", card="wide"),
        Column("eingetragen", label="eingetragen", card="wide"),
    ]
    rows = [Row(_cells(item, now)) for item in readings]
    caption = f"{len(rows)} {'Ablesung' if len(rows) == 1 else 'Ablesungen'}, die jüngste zuerst."
    return panel(title, data_table(caption, columns, rows, variant="dense cards"))


def _cells(item: ManualReadingView, now: datetime) -> tuple[Cell, ...]:
    value = formats.quantity(item.value, item.unit)
    taken: list[Component] = []
    if item.withdrawn_at is not None:
        when = formats.moment(item.withdrawn_at, now)
        words = f"zurückgezogen {when} von {item.withdrawn_by}: {item.withdrawn_reason}"
        taken = [html.Span(words, className="cell--sub")]
    return (
        page_link(item.gauge_name, urls.gauge_url(item.gauge_id)),
        html.Del(value) if taken else value,
        [formats.moment(item.read_at, now), " (", age_of(item.read_at, now), ")"],
        [item.words, *taken],
        f"{formats.moment(item.entered_at, now)} von {item.entered_by}",
    )
