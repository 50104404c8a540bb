"""Commissioning on /daten/geraete: four fields, devices that send already, kept messages."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import formats
from components.content import Content
from components.field import select_field, text_field
from components.panel import disclosure, panel
from components.sign_in_hint import for_right
from components.table import Column, Row, data_table
from pages.data_space import _devices_ids as ids
from services.devices.commission_rows import DEFAULT_UNIT, Commission
from services.devices.decoded_models import OBJECT, models
from services.devices.model import DevicesView, UnknownDeviceView
from services.people.identity import may
from services.people.model import Right

EUI_MAX, PLACE_MAX, SHORT_MAX = 23, 120, 12
TITLE = "Gerät in Betrieb nehmen"
HOW = (
    "Der Empfang nimmt das Gerät binnen einer Minute auf. Hatte der Pegel bisher keinen Sensor, "
    "erscheint er in Lage und Vorhersage nach dem nächsten Start des Cockpits."
)
MODEL_WORDS = {OBJECT: "Netzserver decodiert (Pfad)", "bytes": "feste Bytes (Pfad)"}


def entry_panel(gauges: Sequence[tuple[str, str]], path: str) -> Component:
    """Place the form; `path` leads back here after signing in."""
    said = html.Div(id=ids.NOTE, role="status")
    parts = [*_form(gauges), html.P(HOW, className="muted small")]
    form = html.Div(parts, className="stack")
    return panel(TITLE, [for_right(Right.CURATE, form, path), said])


def unknown_panel(found: DevicesView) -> Component:
    """List devices that send and belong to no gauge, and messages kept from before."""
    parts: list[Component] = []
    if found.unknown:
        columns = [
            Column("DevEUI"),
            Column("Meldungen", "number", card="right"),
            Column("zuletzt", card="wide", label="zuletzt:"),
            Column("letzte Nutzlast, gelesen als", card="wide", label="gelesen als:"),
        ]
        rows = [_unknown(item, found) for item in found.unknown]
        caption = "Geräte, die senden und keinem Pegel zugeordnet sind"
        parts.append(data_table(caption, columns, rows, variant="dense cards"))
    else:
        parts.append(html.P("Kein unbekanntes Gerät sendet.", className="muted"))
    for dev_eui, count in sorted(found.kept.items()):
        parts.append(_kept(dev_eui, count))
    return panel("Unbekannte Geräte", parts)


def catch_up_id(device: object) -> dict[str, object]:
    """Return the id of the button that takes in a device's kept messages."""
    return {"component": "CatchUp", "device": device}


def asked(values: Sequence[Any]) -> Commission:
    """Return what was entered, in the order of the fields."""
    return Commission(*("" if value is None else str(value) for value in values))


def added_words(entered: Commission, kept: int) -> str:
    """Say that a device is commissioned, and what may be taken in."""
    words = f"Gerät {entered.dev_eui.strip()} ist dem Pegel {entered.gauge_id} zugeordnet."
    if not kept:
        return words
    return f"{words} {kept} frühere Meldungen lassen sich unter „Unbekannte Geräte“ nachholen."


def _form(gauges: Sequence[tuple[str, str]]) -> list[Component]:
    choices = [(name, MODEL_WORDS.get(name, name)) for name in models()]
    four = [
        text_field("DevEUI", ids.EUI, EUI_MAX, "16 Hex-Ziffern vom Typenschild"),
        select_field("Pegel", ids.GAUGE, gauges, gauges[0][0] if gauges else ""),
        select_field("Modell", ids.MODEL, choices, choices[0][0]),
        text_field("Einbauhöhe in m oder Pfad", ids.PLACE, PLACE_MAX, "Höhe über Pegelnull"),
    ]
    own = [
        text_field("Einheit", ids.UNIT, SHORT_MAX, f"leer: {DEFAULT_UNIT}"),
        text_field("Einbauhöhe in m", ids.HEIGHT, SHORT_MAX, "nur bei einem Abstand"),
    ]
    button = html.Button(
        "In Betrieb nehmen", id=ids.ADD, className="btn btn-primary", type="button"
    )
    return [
        html.Div(four, className="form-row"),
        disclosure("Bei eigenem Pfad: Einheit und Höhe", html.Div(own, className="form-row")),
        html.Div(button, className="actions"),
    ]


def _unknown(item: UnknownDeviceView, found: DevicesView) -> Row:
    age = formats.age(formats.minutes_between(item.newest_at, found.now))
    read = [html.Li(f"{preview.decoder}: {preview.words}") for preview in item.previews]
    shown: Content = html.Ul(read, className="plain-list") if read else "kein Decoder liest sie"
    return Row((html.Code(item.dev_eui), formats.number(item.count), age, shown))


def _kept(dev_eui: str, count: int) -> Component:
    words = f"{formats.number(count)} frühere Meldungen von {dev_eui} sind aufgehoben. "
    if not may(Right.CURATE):
        return html.P(words)
    button = html.Button(
        "Nachholen", id=catch_up_id(dev_eui), className="btn btn-sm btn-quiet", type="button"
    )
    return html.Div([words, button], className="actions")
