"""The form that keeps the list of impacts: its fields, what fills them, and what was changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import formats
from components.content import Content
from components.field import select_field, text_field
from components.impact_parts import KINDS
from components.panel import panel
from components.states import WORDS
from components.table import Column, Row, data_table
from pages.water import _impact_ids as ids
from services.flood.model import LEVELS
from services.impacts.desk import Board, GaugeChoice
from services.impacts.draft import (
    BETWEEN,
    BY_MAX,
    GAUGE,
    LEVEL,
    REASON_MAX,
    SOURCE_MAX,
    WHAT_MAX,
    Draft,
)
from services.impacts.errors import ImpactRefusedError
from services.impacts.listing import Held
from services.impacts.model import Change, Deed
from services.local_time import DAY_PATTERN

NEW = "__neu__"
NOTHING = "__keine__"
"""Chosen where nothing is; a select shows an empty value as an empty box, without its words."""
PLEASE = "bitte wählen"
VALUE_MAX, DAY_MAX = 12, 10
AMBIGUOUS_DECIMALS = 3
FIELDS = (
    ids.WHERE,
    ids.KIND,
    ids.WHAT,
    ids.BASIS,
    ids.VALUE,
    ids.OBSERVED,
    ids.KEEPER,
    ids.SOURCE,
    ids.REASON,
)
"""In the order of `Draft` behind its id."""
DEEDS = {Deed.ADDED: "eingetragen", Deed.CHANGED: "geändert", Deed.REMOVED: "herausgenommen"}
NOT_FILLED = "Die Angaben des Eintrags sind noch nicht da. Bitte ihn noch einmal wählen."
EMPTY = (NOTHING, NOTHING, "", NOTHING, "", "", "", "", "")
INTRO = (
    "Was hier steht, sehen alle: auf den Seiten der Orte und Pegel, als Marke im Pegelverlauf und"
    " in der Liste der Wirkungen. Bitte keine Namen von Personen. Jede Änderung bleibt mit Grund,"
    " Konto und Zeit im Verlauf."
)


def form() -> Component:
    """Ask for all that is kept of an impact."""
    kinds = [(NOTHING, PLEASE), *KINDS.items()]
    fields = [
        select_field("Eintrag", ids.CHOSEN, [(NEW, "neuer Eintrag")], NEW),
        select_field("Ort am Gewässer", ids.WHERE, [(NOTHING, PLEASE)], NOTHING),
        select_field("Art", ids.KIND, kinds, NOTHING),
        text_field(
            "Was geschieht", ids.WHAT, WHAT_MAX, "zum Beispiel Campingplatz steht im Wasser"
        ),
        select_field("Ab", ids.BASIS, [(NOTHING, PLEASE)], NOTHING, "Stufe am Ort oder ein Pegel"),
        text_field("Wasserstand", ids.VALUE, VALUE_MAX, "nur mit einem Pegel, zum Beispiel 1,80"),
        text_field(
            "Beobachtet am", ids.OBSERVED, DAY_MAX, f"{DAY_PATTERN}, leer: noch nicht gesehen"
        ),
        text_field("Gepflegt von", ids.KEEPER, BY_MAX, "wer dafür einsteht, z. B. Stadt Mayen"),
        text_field("Quelle", ids.SOURCE, SOURCE_MAX, "zum Beispiel Einsatzbericht 2021"),
        text_field("Grund der Änderung", ids.REASON, REASON_MAX, "nur beim Ändern nötig"),
    ]
    return panel(
        "Eintragen und ändern",
        [
            html.Div(id=ids.FILLED, role="status"),
            html.Div(fields, className="form-row form-row--top"),
            html.Div(_button("Speichern", ids.SAVE, "btn-primary"), className="actions"),
            html.Div(id=ids.SAID, role="status", className="panel__after"),
        ],
    )


def removal() -> Component:
    """Ask why the chosen impact does not hold any more."""
    return panel(
        "Aus der Liste nehmen",
        [
            html.P("Betrifft den Eintrag, der oben gewählt ist; im Verlauf bleibt er stehen."),
            html.Div(
                text_field("Warum gilt es nicht mehr?", ids.WHY, REASON_MAX),
                className="form-narrow",
            ),
            html.Div(
                _button("Aus der Liste nehmen", ids.REMOVE, "btn-quiet"),
                className="actions panel__after",
            ),
            html.Div(id=ids.GONE, role="status", className="panel__after"),
        ],
    )


def options(board: Board) -> tuple[list[dict[str, str]], ...]:
    """Return what may be chosen: entries, places, and what an impact is reached at."""
    names = {key: words.rpartition(" · ")[0] for key, words in board.places.items()}
    entries = [
        {"value": held.row.impact_id, "label": f"{names.get(_where(held), held.row.place_id)}: "
         f"{held.row.what}"}
        for held in board.held
    ]  # fmt: skip
    levels = [
        {"value": f"{LEVEL}{BETWEEN}{level.value}", "label": f"{WORDS[level]} am Ort"}
        for level in LEVELS
    ]
    gauges = [
        {"value": f"{GAUGE}{BETWEEN}{key}", "label": _gauge_words(gauge)}
        for key, gauge in board.gauges.items()
    ]
    places = [{"value": key, "label": words} for key, words in board.places.items()]
    please = {"value": NOTHING, "label": PLEASE}
    ordered = sorted(entries, key=lambda entry: entry["label"].casefold())
    return (
        [{"value": NEW, "label": "neuer Eintrag"}, *ordered],
        [please, *places],
        [please, *levels, *gauges],
    )


def _gauge_words(gauge: GaugeChoice) -> str:
    what = "Wasserstand" if gauge.observes == "stage" else "Abfluss"
    silent = "" if gauge.is_connected else " (nicht angebunden)"
    return f"{what} am Pegel {gauge.name}{silent}"


def filled(board: Board, impact_id: str) -> tuple[tuple[str, ...], int]:
    """Return what stands in the fields for an entry and its version; nothing for a new one."""
    held = next((item for item in board.held if item.row.impact_id == impact_id), None)
    if held is None:
        return EMPTY, 0
    row = held.row
    basis = f"{LEVEL}{BETWEEN}{row.level}" if row.level else f"{GAUGE}{BETWEEN}{row.gauge_id}"
    observed = f"{row.observed_on:%d.%m.%Y}" if row.observed_on else ""
    words = (row.what, basis, value_text(row.value), observed, row.maintained_by, row.source)
    return (_where(held), row.kind, *words, ""), held.version


def value_text(value: float | None) -> str:
    """Write a value so that it is read as the same again: three decimals could be thousands."""
    if value is None:
        return ""
    whole, _, decimals = f"{value:.6f}".rstrip("0").partition(".")
    least = 4 if len(decimals) == AMBIGUOUS_DECIMALS else 2
    return f"{whole},{decimals.ljust(least, '0')}"


def version_of(held: Mapping[str, Any] | None, chosen: str | None) -> int:
    """Return the version of the chosen entry that stands in the fields.

    Raises
    ------
    ImpactRefusedError
        When the fields hold another entry, or none that could be read.
    """
    if held is None or held.get("entry") != chosen:
        raise ImpactRefusedError(user_message=NOT_FILLED)
    return int(held["version"])


def draft(chosen: str | None, said: Sequence[str | None]) -> Draft:
    """Return what was typed; where nothing is chosen it says nothing."""
    words = ["" if item in {None, NOTHING} else str(item) for item in said]
    return Draft("" if chosen in {None, NEW} else str(chosen), *words)


def history_table(board: Board) -> Component:
    """Show what was entered, changed and taken off, the newest first."""
    if not board.history:
        words = "Im Cockpit hat noch niemand etwas eingetragen; die Liste kommt aus der Region."
        return panel("Verlauf", html.P(words))
    columns = [
        Column("Was geschieht", card="wide"),
        Column("Ort", label="Ort"),
        Column("Änderung", card="right"),
        Column("ab", label="ab"),
        Column("gepflegt von, Quelle", label="gepflegt von, Quelle", card="wide"),
        Column("wann und durch wen", label="wann und durch wen", card="wide"),
    ]
    rows = [Row(_cells(change)) for change in board.history]
    caption = "1 Änderung." if len(rows) == 1 else f"{len(rows)} Änderungen, die jüngste zuerst."
    if board.is_cut:
        caption = f"Die jüngsten {len(rows)} Änderungen."
    return panel("Verlauf", data_table(caption, columns, rows, variant="dense cards"))


def _cells(change: Change) -> tuple[Content, ...]:
    at_gauge = f"{formats.quantity(change.value, change.unit)} am Pegel {change.gauge_name}"
    seen = change.observed_on
    source = f"{change.source}, beobachtet {formats.date_long(seen)}" if seen else change.source
    return (
        _two(change.what, KINDS.get(change.kind, change.kind)),
        change.where,
        _two(DEEDS[change.deed], change.reason),
        f"{WORDS[change.level]} am Ort" if change.level else at_gauge,
        _two(change.maintained_by, source),
        _two(formats.stamp(change.entered_at), change.entered_by),
    )


def _two(first: str, second: str) -> Component:
    """Write one thing above another."""
    return html.Div([first, html.Br(), html.Span(second, className="muted")])


def _where(held: Held) -> str:
    return f"{held.row.place_id}{BETWEEN}{held.row.river_id}"


def _button(words: str, button_id: str, kind: str) -> Component:
    return html.Button(words, id=button_id, className=f"btn {kind}", type="button")
