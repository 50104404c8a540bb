"""URL states: what the catalogue is narrowed to, and the cited moment of a data set."""

from dataclasses import dataclass

from components.page_state import PageState, clean_slug
from services.catalogue.formats.registry import FORMATS
from services.catalogue.model import Timeliness
from services.catalogue.vocabulary import LICENCES, THEME_WORDS

ALL = "alle"
SEARCH_MAX = 60
INSTANT_MAX = 40
SLUG_MAX = 64


@dataclass(frozen=True, slots=True)
class CatalogueState(PageState):
    """Search text and facets; "alle" narrows nothing."""

    suche: str = ""
    thema: str = ALL
    lizenz: str = ALL
    anbieter: str = ALL
    format: str = ALL
    stand: str = ALL

    def __post_init__(self) -> None:
        text: object = self.suche
        is_text = isinstance(text, str) and text.isprintable()
        object.__setattr__(self, "suche", str(text)[:SEARCH_MAX] if is_text else "")
        self.keep("thema", tuple(THEME_WORDS), ALL)
        self.keep("lizenz", tuple(LICENCES), ALL)
        object.__setattr__(self, "anbieter", clean_slug(self.anbieter, SLUG_MAX) or ALL)
        self.keep("format", tuple(FORMATS), ALL)
        self.keep("stand", tuple(Timeliness), ALL)


@dataclass(frozen=True, slots=True)
class DatasetState(PageState):
    """The window and moment that a citation names; the addresses of the files check them."""

    start: str = ""
    end: str = ""
    as_of: str = ""

    def __post_init__(self) -> None:
        for name in ("start", "end", "as_of"):
            value = getattr(self, name)
            is_plain = isinstance(value, str) and len(value) <= INSTANT_MAX and value.isprintable()
            object.__setattr__(self, name, value if is_plain else "")
