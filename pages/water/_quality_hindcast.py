"""The check on real measurements of another river (docs/method/hindcast.md)."""

from dash import html
from dash.development.base_component import Component

from components import formats
from components.panel import panel
from components.table import Column, Row, data_table
from pages.water._quality_words import BASELINES

HINDCAST = (
    ("S1-S2", 2.0, 7.9),
    ("S2-S3", 6.6, 26.7),
    ("S3-S4", 9.9, 22.1),
    ("alle drei", 6.2, 19.8),
)
"""Median errors in minutes: model, distance over velocity (docs/method/hindcast.md)."""


def hindcast_panel() -> Component:
    """Show what the method does on real waves of another river (docs/method/hindcast.md)."""
    columns = [
        Column("zwischen"),
        Column("Fehler des Modells", "number", card="wide", label="Modell:"),
        Column(BASELINES["strecke"], "number", card="wide", label="Strecke durch Geschw.:"),
    ]
    rows = [
        Row((_stretch(pair), formats.number(own, 1), formats.number(other, 1)))
        for pair, own, other in HINDCAST
    ]
    words = (
        "An echten Wellen eines anderen Flusses (Januar 2014, Schwall aus Wasserkraft) trafen die "
        "gelernten Laufzeiten so; ein Monat eines Flusses ist kein Nachweis für die Bäche hier."
    )
    table = data_table(
        "Fehler der Ankunft in Minuten, Median", columns, rows, variant="dense cards"
    )
    return panel("Nachrechnung an echten Messungen", [html.P(words), table])


def _stretch(pair: str) -> str:
    """Write "S1-S2" as people say it; the sum keeps its words."""
    upper, dash, lower = pair.partition("-")
    return f"Messstelle {upper[1:]} und {lower[1:]}" if dash else pair
