"""Pieces of /daten: message, list of data sets, providers and counts by year."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.charts.years_svg import years_svg
from components.inline_svg import inline_svg
from components.links import file_link, outside_link, page_link
from components.panel import notice, panel
from components.table import Column, Row, data_table
from components.timeliness import timeliness_mark
from pages.data_space._state import ALL, CatalogueState
from services.catalogue.formats.registry import FORMATS
from services.catalogue.model import CatalogueView, DatasetView, ProviderView, Timeliness

NEW_PER_YEAR = 10
"""Goal of the region: more new data sets than this in a calendar year."""
CONNECTED_SHARE = 0.5
"""Goal of the region: half of its data providers are connected."""


def headline(found: CatalogueView) -> str:
    """Say the one message in figures."""
    if not found.datasets:
        return "Für diese Region ist kein Datenkatalog eingetragen"
    makers = len({view.row.provider for view in found.datasets})
    stale = _count(found, Timeliness.STALE)
    empty = _count(found, Timeliness.EMPTY)
    tail = f"{stale} veraltet" if stale else "keiner veraltet"
    silent = f", {empty} ohne Daten" if empty else ""
    return f"{_sets(len(found.datasets))} von {_makers(makers)}; {tail}{silent}"


def lead_lines(found: CatalogueView) -> list[Component]:
    """Say what may be done with the data, and where machines find the catalogue."""
    if not found.datasets:
        words = "Der Regionsordner enthält keine Datei datasets.toml."
        return [notice(words, "warn")]
    links: list[Component | str] = ["Katalog für Maschinen (DCAT-AP.de): "]
    for ending, name in (("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("rdf", "RDF/XML")):
        links += [file_link(name, f"{urls.CATALOGUE}.{ending}"), " · "]
    words = "Alle Daten sind ohne Anmeldung frei abrufbar; die Lizenz steht bei jedem Datensatz."
    return [
        html.P(words, className="intro__sub"),
        html.P(links[:-1], className="intro__meta"),
    ]


def matching(found: CatalogueView, state: CatalogueState) -> list[DatasetView]:
    """Return the data sets that search and facets leave, by title."""
    chosen = [view for view in found.datasets if _is_wanted(view, state)]
    return sorted(chosen, key=lambda view: view.row.title.casefold())


def results(found: CatalogueView, state: CatalogueState) -> Component:
    """List the data sets that are left."""
    chosen = matching(found, state)
    if not chosen:
        words = "Kein Datensatz passt zu dieser Auswahl. Bitte Suche oder Filter weiter fassen."
        return notice(words)
    columns = [
        Column("Datensatz", card="wide"),
        Column("Stand", card="wide"),
        Column("Anbieter", label="Anbieter:", card="wide"),
        Column("Lizenz", label="Lizenz:", card="wide"),
        Column("Formate", label="Formate:", card="wide"),
    ]
    caption = f"{len(chosen)} von {len(found.datasets)} Datensätzen, nach Titel"
    rows = [Row(_cells(view)) for view in chosen]
    return panel("Datensätze", data_table(caption, columns, rows, variant="cards datasets"))


def counts(found: CatalogueView) -> list[Component]:
    """Show what the region counts: new data sets by year, connected providers."""
    if not found.datasets:
        return []
    return [_years(found), _providers(found.providers)]


def _cells(view: DatasetView) -> tuple[Component | str, ...]:
    name = html.Div(
        [
            page_link(view.row.title, urls.dataset_url(view.row.id)),
            html.Div(view.row.summary, className="muted small"),
        ]
    )
    stand = html.Div(
        [timeliness_mark(view.timeliness), html.Div(age_words(view), className="muted small")]
    )
    kinds = ", ".join(FORMATS[ending].name for ending in view.formats)
    return name, stand, view.provider, view.licence.words, kinds


def age_words(view: DatasetView) -> str:
    """Tell the age of the newest value beside the promised rhythm."""
    rhythm = view.rhythm.words
    if view.age_min is None or view.newest_at is None:
        return f"noch kein Wert ({rhythm})"
    if view.row.updated is not None:
        return f"Stand {formats.local(view.newest_at):%d.%m.%Y} ({rhythm})"
    return f"{formats.age(view.age_min)} ({rhythm})"


def _years(found: CatalogueView) -> Component:
    columns = [
        Column("Jahr"),
        Column("neue Datensätze", "number", label="neue Datensätze:"),
        Column("davon zurückgezogen", "number", label="davon zurückgezogen:"),
        Column("Ziel", label="Ziel:"),
    ]
    rows = [
        Row((str(year.year), str(year.new), str(year.withdrawn), _goal(year.new > NEW_PER_YEAR)))
        for year in found.years
    ]
    caption = f"Ziel der Region: mehr als {NEW_PER_YEAR} neue Datensätze im Kalenderjahr"
    content: list[Component] = [
        inline_svg(years_svg(found.years, NEW_PER_YEAR), "years-chart"),
        data_table(caption, columns, rows, variant="dense cards"),
    ]
    return panel("Neue Datensätze je Jahr", content)


def _providers(found: Sequence[ProviderView]) -> Component:
    connected = sum(row.is_connected for row in found)
    share = connected / len(found) if found else 0.0
    columns = [
        Column("Anbieter", card="wide"),
        Column("angebunden", label="angebunden:"),
        Column("Datensätze", "number", label="Datensätze:"),
    ]
    rows = [
        Row(
            (
                outside_link(row.name, row.homepage) if row.homepage else row.name,
                ("ja" if row.is_connected else "nein")
                + (" (Anbieter geschätzt)" if row.is_estimate else ""),
                str(row.datasets),
            )
        )
        for row in sorted(found, key=lambda row: (not row.is_connected, row.name.casefold()))
    ]
    words = (
        f"{connected} von {len(found)} Anbietern sind angebunden ({formats.number(100 * share)}"
        f"{formats.NBSP}%). Ziel: die Hälfte; {_goal(share >= CONNECTED_SHARE)}."
        " Angebunden ist, von wem hier mindestens ein Datensatz mit Werten liegt."
    )
    caption = "Datenanbieter der Region; geschätzt heißt: nach eigener Einschätzung aufgeführt"
    return panel(
        "Angebundene Anbieter",
        [
            html.P(words, className="panel__sentence"),
            data_table(caption, columns, rows, variant="dense cards"),
        ],
    )


def _goal(is_met: bool) -> str:  # noqa: FBT001  # one fact, turned into words
    return "erreicht" if is_met else "nicht erreicht"


def _is_wanted(view: DatasetView, state: CatalogueState) -> bool:
    row = view.row
    words = " ".join((row.title, row.summary, row.description, view.provider, *row.keywords))
    return (
        all(part in words.casefold() for part in state.suche.casefold().split())
        and state.thema in {ALL, *row.themes}
        and state.lizenz in {ALL, row.licence}
        and state.anbieter in {ALL, row.provider}
        and state.format in {ALL, *view.formats}
        and state.stand in {ALL, view.timeliness.value}
    )


def _count(found: CatalogueView, wanted: Timeliness) -> int:
    return sum(view.timeliness is wanted for view in found.datasets)


def _sets(count: int) -> str:
    return "1 Datensatz" if count == 1 else f"{count} Datensätze"


def _makers(count: int) -> str:
    return "1 Anbieter" if count == 1 else f"{count} Anbietern"
