"""Files, addresses and citation of a data set."""

from datetime import UTC, timedelta

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.links import file_link
from components.panel import panel
from components.table import Column, Row, data_table
from services.catalogue.formats.registry import FORMATS
from services.catalogue.model import DatasetDetail

EXAMPLE_SPAN, EXAMPLE_AGE = timedelta(days=7), timedelta(hours=1)
"""The addresses of programs are examples that give something now."""
KB = 1000
MB = 1_000_000
UNKNOWN = {"gpkg": "größer als CSV"}
PACKED = "verpackt, kleiner als CSV"


def downloads(found: DatasetDetail, query: str, most: int) -> Component:
    """Offer every format with what it is good for and about how large it is."""
    row = found.view.row
    columns = [
        Column("Format"),
        Column("geeignet für", label="", card="wide"),
        Column("Größe", label="Größe:", card="wide"),
    ]
    rows = [
        Row(
            (
                file_link(FORMATS[ending].name, urls.dataset_file(row.id, ending, query)),
                FORMATS[ending].good_for,
                size_words(ending, found.bytes_by_format.get(ending)),
            )
        )
        for ending in found.view.formats
    ]
    window = "die letzten 30 Tage" if row.holds == "series" else "alle Zeilen"
    window = "den zitierten Zeitraum" if query else window
    caption = f"Jede Datei enthält {window}; Größen sind aus einer Stichprobe geschätzt"
    packed = urls.dataset_file(row.id, "zip", f"{query}&format=csv".lstrip("&"))
    more = html.P(
        [
            file_link("CSV und Beschreibung zusammen (ZIP)", packed),
            " · ",
            file_link(
                "CSV mit Kennung für Excel (BOM)",
                urls.dataset_file(row.id, "csv", f"{query}&bom=1".lstrip("&")),
            ),
            " · ",
            file_link("Beschreibung allein (JSON)", urls.dataset_metadata(row.id, query)),
        ],
        className="panel__after",
    )
    limit = html.P(
        f"Höchstens {most} Dateien je Minute von einer Adresse.", className="muted small"
    )
    table = data_table(caption, columns, rows, variant="cards")
    return panel("Herunterladen", [table, more, limit])


def size_words(ending: str, size: int | None) -> str:
    """Write a size in words; one that is not known in numbers is described."""
    if size is None:
        return UNKNOWN.get(ending, PACKED)
    if size < MB:
        return f"etwa {formats.number(max(1, size / KB))}{formats.NBSP}kB"
    return f"etwa {formats.number(size / MB, 1)}{formats.NBSP}MB"


def addresses(found: DatasetDetail, base: str) -> Component:
    """Show how programs ask for a part of it."""
    row = found.view.row
    examples = [("Alles als CSV", urls.dataset_file(row.id, "csv"))]
    if row.holds == "series":
        today = formats.local(found.now).date()
        span = f"start={today - EXAMPLE_SPAN}&end={today}"
        then = f"as_of={found.now.astimezone(UTC) - EXAMPLE_AGE:%Y-%m-%dT%H:00:00Z}"
        examples += [
            ("Ein Zeitraum", urls.dataset_file(row.id, "csv", span)),
            (
                "Wie es zu einem Zeitpunkt bekannt war",
                urls.dataset_file(row.id, "csv", then),
            ),
        ]
        first = found.preview[0].values[0] if found.preview else None
        if first:
            examples.append(
                ("Eine Station", urls.dataset_file(row.id, "geojson", f"gauge={first}"))
            )
    elif row.holds in {"municipalities", "stops", "boundaries", "lead-times"}:
        examples.append(
            ("Eine Gemeinde", urls.dataset_file(row.id, "geojson", "municipality=07137003"))
        )
    parts: list[Component] = []
    for name, address in examples:
        parts += [html.Dt(name), html.Dd(html.Code(f"{base}{address}", className="address"))]
    catalogue: list[Component | str] = ["Metadaten im Katalog: "]
    for ending, name in (("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("rdf", "RDF/XML")):
        catalogue += [file_link(name, f"{urls.CATALOGUE}.{ending}"), " · "]
    return panel(
        "Adressen für Programme",
        [html.Dl(parts, className="addresses"), html.P(catalogue[:-1], className="panel__after")],
    )


def citation(found: DatasetDetail) -> Component:
    """Show the words to cite it and the link that brings back the same values."""
    link = urls.dataset_url(found.view.row.id)
    address = f"{link}?{found.cite_query}" if found.cite_query else link
    name = "Zitierter Stand" if found.cite_query else "Link zum Datensatz"
    words = (
        "Der Link trägt Zeitraum und Stand: Er liefert dieselben Werte auch dann, wenn später"
        " einer berichtigt wird."
        if found.cite_query
        else "Diese Tabelle hat keine Versionen: Der Link zeigt immer den neuesten Stand."
    )
    return panel(
        "So zitieren",
        [
            html.Blockquote(found.cite_text, className="citation"),
            html.P([file_link(name, address), f". {words}"], className="muted"),
        ],
    )
