"""German words, shapes and shares of quality flags."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes
from services.flood.model import Flag

FLAGS = {
    Flag.GOOD: ("ok", "gut"),
    Flag.SUSPECT: ("voralarm", "verdächtig"),
    Flag.FAIL: ("alarm", "falsch"),
    Flag.MISSING: ("unbekannt", "fehlend"),
    Flag.NOT_EVALUATED: ("unbekannt", "nicht geprüft"),
    0: ("ok", "wieder den Prüfungen überlassen"),
}
"""Shape and word of each flag, in the order in which they are told."""
TOLD = (Flag.GOOD, Flag.SUSPECT, Flag.FAIL, Flag.MISSING, Flag.NOT_EVALUATED)
PROPERTIES = {
    "stage": "Wasserstand",
    "discharge": "Abfluss",
    "rain": "Niederschlag",
    "water_temperature": "Wassertemperatur",
    "air_temperature": "Lufttemperatur",
    "battery": "Batterie",
    "humidity": "Luftfeuchte",
    "air_pressure": "Luftdruck",
    "wind_speed": "Wind",
    "wind_gust": "Böen",
    "wind_direction": "Windrichtung",
}


def flag_mark(flag: int, words: str = "") -> Component:
    """Show shape and word of a flag."""
    shape, word = FLAGS[flag]
    mark = html.Span(className=f"shape shape--{shape}", **attributes(aria_hidden="true"))
    return html.Span([mark, words or word], className=f"timeliness nowrap state--{shape}")


def share(counts: Mapping[int, int], flag: int) -> str:
    """Write the share of a flag, "–" where there are no values."""
    total = sum(counts.values())
    if not total:
        return formats.MISSING
    return f"{formats.number(100.0 * counts.get(flag, 0) / total, 1)}{formats.NBSP}%"


def shares(counts: Mapping[int, int]) -> str:
    """Write the share of every flag that occurs."""
    if not counts:
        return "keine Werte"
    return ", ".join(f"{share(counts, flag)} {FLAGS[flag][1]}" for flag in TOLD if counts.get(flag))


def property_name(name: str) -> str:
    """Return the German name of an observed property."""
    return PROPERTIES.get(name, name)
