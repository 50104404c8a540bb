"""The search field and the facets of the catalogue."""

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.timeliness import WORDS
from pages.data_space import _ids as ids
from pages.data_space._state import ALL, SEARCH_MAX, CatalogueState
from services.catalogue.formats.registry import FORMATS
from services.catalogue.vocabulary import LICENCES, THEME_WORDS
from services.container import services

Options = list[tuple[str, str]]


def facets(state: CatalogueState) -> Component:
    """Offer search and facets; only what the pack really uses stands in the lists."""
    file = services().catalogue.file
    rows = file.dataset if file else ()
    themes = {theme for row in rows for theme in row.themes} | {state.thema}
    licences = {row.licence for row in rows} | {state.lizenz}
    makers = {row.provider for row in rows}
    known = [(row.id, row.name) for row in (file.provider if file else ()) if row.id in makers]
    search: Component = dbc.Input(
        id=ids.SEARCH, type="search", value=state.suche, maxlength=SEARCH_MAX, debounce=0.3
    )
    return html.Div(
        [
            _field("Suche", ids.SEARCH, search),
            _select(
                "Thema",
                ids.THEME,
                [(key, words) for key, words in THEME_WORDS.items() if key in themes],
                state.thema,
            ),
            _select("Anbieter", ids.PROVIDER, known, state.anbieter),
            _select(
                "Lizenz",
                ids.LICENCE,
                [(key, term.words) for key, term in LICENCES.items() if key in licences],
                state.lizenz,
            ),
            _select(
                "Format",
                ids.FORMAT,
                [(key, kind.name) for key, kind in FORMATS.items()],
                state.format,
            ),
            _select(
                "Stand",
                ids.TIMELINESS,
                [(key.value, words) for key, words in WORDS.items()],
                state.stand,
            ),
        ],
        className="form-row facets",
        role="search",
        **attributes(aria_label="Datensätze suchen und filtern"),
    )


def _select(label: str, field_id: str, options: Options, value: str) -> Component:
    control: Component = dbc.Select(
        id=field_id,
        options=[{"value": ALL, "label": ALL}]
        + [{"value": key, "label": words} for key, words in options],
        value=value,
    )
    return _field(label, field_id, control)


def _field(label: str, field_id: str, control: Component) -> Component:
    return html.Div([html.Label(label, htmlFor=field_id, className="form-label"), control])
