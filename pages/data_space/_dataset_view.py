"""Pieces of /daten/<dataset>: what it is, how good it is, a preview."""

import re
from datetime import date, datetime

from dash import html
from dash.development.base_component import Component

from components import formats
from components.charts.places_svg import places_svg
from components.content import Content
from components.hero import facts
from components.inline_svg import inline_svg
from components.links import outside_link
from components.panel import disclosure, notice, panel
from components.property_words import property_name
from components.table import Column, Row, data_table
from components.timeliness import timeliness_mark
from pages.data_space._catalogue_view import age_words
from services.catalogue.model import Column as FileColumn
from services.catalogue.model import DatasetDetail, Record, SeriesQuality, Value
from services.catalogue.vocabulary import HVD, THEME_WORDS
from services.settlement_model import BoundarySet

FLAGS = {1: "gut", 2: "nicht geprüft", 3: "verdächtig", 4: "falsch", 9: "fehlt"}
ORIGINS = {"simulated": "simuliert", "live": "gemessen", "imported": "eingelesen"}
UNCONFIRMED = "Lizenz und Angaben sind ein Vorschlag, den der Anbieter noch nicht bestätigt hat."
MISSING_DATASET = "Diesen Datensatz gibt es hier nicht. Die Liste steht im Katalog."
DIGITS = 3
"""Digits after the comma in a preview; the files hold every digit."""
TEXT_MAX = 60


def lead_lines(found: DatasetDetail, cited: str) -> list[Component]:
    """Continue the title: how current, one line, and that a cited state is shown."""
    view = found.view
    lines: list[Component] = [
        html.P([timeliness_mark(view.timeliness), f" · {age_words(view)}"], className="intro__sub"),
        html.P(view.row.summary, className="intro__meta"),
    ]
    if cited:
        words = (
            f"Zitierter Stand {cited}: Vorschau und Dateien zeigen die Werte, wie sie damals"
            " bekannt waren."
        )
        lines.append(notice(words, "whatif"))
    return lines


def about(found: DatasetDetail) -> Component:
    """Say what it is, who made it and on which terms it may be used."""
    view, row = found.view, found.view.row
    licence: list[Component | str] = [
        outside_link(view.licence.words, view.licence.text_url),
        html.Div(view.licence.asks, className="muted small"),
    ]
    rows: list[tuple[str, Content]] = [
        ("Anbieter", view.provider),
        ("Lizenz", html.Div(licence)),
        ("Namensnennung", row.attribution),
        ("Erneuert", view.rhythm.words),
        ("Veröffentlicht seit", f"{row.issued:%d.%m.%Y}"),
        ("Themen", ", ".join(THEME_WORDS[theme] for theme in row.themes)),
        (
            "Hochwertiger Datensatz",
            f"{HVD[row.hvd].words} (EU-Verordnung 2023/138)" if row.hvd else "",
        ),
        ("Schlagworte", ", ".join(row.keywords)),
    ]
    parts: list[Component | str | None] = [
        html.P(row.description, className="panel__sentence"),
        notice(UNCONFIRMED, "warn") if row.licence_provisional else None,
        html.Div(facts(rows), className="about-facts"),
    ]
    return panel("Worum es geht", [part for part in parts if part is not None])


def quality(found: DatasetDetail) -> Component:
    """Say how complete, how good and how old the values are."""
    parts: list[Component | str | None] = [html.P(found.quality_note, className="panel__sentence")]
    if found.quality is not None:
        parts.append(_shares(found.quality))
    newest = facts([("Neuester Wert", age_words(found.view))])
    parts.append(html.Div(newest, className="panel__after"))
    return panel("Qualität und Aktualität", parts)


def _shares(found: SeriesQuality) -> Component:
    if not found.expected or not found.arrived:
        words = f"In den letzten {found.days} Tagen kam kein Wert. Das ist keine Entwarnung."
        return notice(words, "none")
    rows = [
        _share("eingetroffen", found.arrived, found.expected, "der erwarteten Werte"),
        _share("davon gut", found.good, found.arrived, "der eingetroffenen"),
        _share("davon verdächtig", found.suspect, found.arrived, "der eingetroffenen"),
        _share("davon falsch", found.failed, found.arrived, "der eingetroffenen"),
    ]
    columns = [
        Column("Werte"),
        Column("Anzahl", "number"),
        Column("Anteil", "number", card="wide"),
    ]
    caption = (
        f"Letzte {found.days} Tage; erwartet sind {formats.number(found.expected)} Werte"
        " nach dem Messabstand jeder Station"
    )
    return data_table(caption, columns, rows, variant="dense cards")


def _share(name: str, part: int, whole: int, of: str) -> Row:
    share = formats.chance(part / whole) if 0 < part < whole else f"{100 * part // whole}"
    percent = share if "%" in share else f"{share}{formats.NBSP}%"
    return Row((name, formats.number(part), f"{percent} {of}"))


def lying(found: DatasetDetail, areas: BoundarySet | None) -> Component | None:
    """Draw where the stations or rows lie."""
    features = () if areas is None else areas.features
    count = len(found.places)
    drawing = places_svg(features, found.places, f"{count} Orte über den Gemeinden der Region")
    if not str(drawing):
        return None
    words = f"{count} Orte" if count else "Flächen der Gemeinden"
    if areas is not None and areas.is_schematic:
        words += "; die Grenzen der Gemeinden sind schematisch"
    figure = html.Figure([inline_svg(drawing, "places-map"), html.Figcaption(f"{words}.")])
    return panel("Lage", figure)


def preview(found: DatasetDetail) -> Component:
    """Show the newest rows."""
    if not found.preview:
        return panel("Vorschau", notice("Es liegen noch keine Werte vor."))
    shown = [place for place, column in enumerate(found.columns) if _is_shown(column)]
    columns = [
        Column(
            _head(found.columns[place]),
            _kind(found.columns[place].kind),
            label=f"{_short(found.columns[place])}:",
        )
        for place in shown
    ]
    rows = [
        Row(tuple(_cell(record, found.columns, place) for place in shown))
        for record in found.preview
    ]
    what = "neuesten" if found.view.row.holds == "series" else "ersten"
    total = formats.number(found.rows)
    caption = f"Die {what} {len(rows)} von {total} Zeilen; Zeiten in Ortszeit"
    table = data_table(caption, columns, rows, variant="dense cards flow")
    return panel("Vorschau", [table, _legend(found)])


def _legend(found: DatasetDetail) -> Component:
    columns = [Column("Spalte"), Column("Einheit"), Column("Bedeutung")]
    rows = [Row((column.name, column.unit or "–", column.meaning)) for column in found.columns]
    table = data_table("Alle Spalten der Dateien", columns, rows, variant="dense")
    return disclosure("Was die Spalten bedeuten", table)


def _is_shown(column: FileColumn) -> bool:
    return column.name not in {"source", "confidence", "sentence", "lat", "lon"}


def _head(column: FileColumn) -> Component:
    return html.Span([_short(column), html.Br(), html.Code(column.name, className="muted small")])


def _short(column: FileColumn) -> str:
    return re.split("[;:(,]", column.meaning, maxsplit=1)[0].strip()


def _kind(kind: str) -> str:
    return "number" if kind in {"number", "integer"} else "text"


def _cell(record: Record, columns: tuple[FileColumn, ...], place: int) -> str:
    value, column = record.values[place], columns[place]
    if column.name == "qartod_flag" and isinstance(value, int):
        return f"{value} ({FLAGS.get(value, 'unbekannt')})"
    if column.name == "observed_property" and isinstance(value, str):
        return property_name(value)
    if column.name == "origin" and isinstance(value, str):
        return ORIGINS.get(value, value)
    return _words(value)


def _words(value: Value) -> str:
    if value is None or value == "":
        return formats.MISSING
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return f"{formats.local(value):%d.%m.%Y %H:%M}"
    return _plain(value)


def _plain(value: str | float | int | date) -> str:
    if isinstance(value, float | int):
        return formats.number(float(value), 0 if float(value).is_integer() else DIGITS)
    text = value if isinstance(value, str) else f"{value:%d.%m.%Y}"
    return text if len(text) <= TEXT_MAX else f"{text[:TEXT_MAX]} …"
