"""URL states: what the catalogue is narrowed to, and the cited moment of a data set."""

import re
from dataclasses import dataclass

from components.page_state import PageState, clean_slug
from services.catalogue.formats.registry import FORMATS
from services.catalogue.model import Timeliness
from services.catalogue.vocabulary import LICENCES, THEME_WORDS
from services.quality.verdict import WORDS

ALL = "alle"
SEARCH_MAX = 60
INSTANT_MAX = 40
SLUG_MAX = 64
STREAM_KEY = re.compile(r"[A-Za-z0-9._:-]{1,80}/[a-z0-9_]{1,40}")


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


@dataclass(frozen=True, slots=True)
class ChecksState(PageState):
    """Which findings are listed: of one test, of one datastream; "alle" narrows nothing."""

    test: str = ALL
    reihe: str = ALL

    def __post_init__(self) -> None:
        self.keep("test", tuple(WORDS), ALL)
        key: object = self.reihe
        is_key = isinstance(key, str) and bool(STREAM_KEY.fullmatch(key))
        object.__setattr__(self, "reihe", key if is_key else ALL)

    @property
    def chosen(self) -> tuple[str, str]:
        """Return test and datastream, empty for all."""
        return "" if self.test == ALL else self.test, "" if self.reihe == ALL else self.reihe
