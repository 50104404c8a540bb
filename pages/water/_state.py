"""URL state of the water pages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from components.charts.waves_frame import BY_BEGIN, BY_PEAK
from components.impact_parts import KINDS
from components.object_parts import OBJECT_KINDS
from components.page_state import PageState, clean_slug
from components.sorted_state import SortedState
from pages.water import _ids as ids
from services.gauge_context.model import EVENTS, LAYERS, NORMAL

WINDOWS: Mapping[str, int] = {"24h": 24, "48h": 48, "7t": 168, "30t": 720}
WINDOW_WORDS = (("24h", "24 Stunden"), ("48h", "48 Stunden"), ("7t", "7 Tage"), ("30t", "30 Tage"))
DEFAULT_WINDOW = "48h"
RIVER_MAX_LENGTH = 40
PLACE_MAX_LENGTH = 64
WAVE_KEY = re.compile("[0-9]{10}")
MOST_WAVES = 4
"""Waves in one picture: so many dash patterns are told apart."""
BETWEEN = "."
NO_LAYER = "keine"
ALL = "alle"
NO, YES = "nein", "ja"
DEFAULT_LAYERS = BETWEEN.join((EVENTS, NORMAL))
"""What is calm to look at: a past peak and the usual range."""


@dataclass(frozen=True, slots=True)
class IndexState(PageState):
    """Which river the Laufzeitdiagramm shows ("" is the worst one), and objects on the map."""

    fluss: str = ""
    objekte: str = NO

    def __post_init__(self) -> None:
        object.__setattr__(self, "fluss", clean_slug(self.fluss, RIVER_MAX_LENGTH))
        self.keep("objekte", (NO, YES), NO)

    @property
    def has_objects(self) -> bool:
        """Tell whether the map shows objects at risk."""
        return self.objekte == YES


@dataclass(frozen=True, slots=True)
class GaugeState(PageState):
    """Which window of time the gauge page shows, and which lines and marks in it."""

    fenster: str = DEFAULT_WINDOW
    schichten: str = DEFAULT_LAYERS

    def __post_init__(self) -> None:
        self.keep("fenster", tuple(WINDOWS), DEFAULT_WINDOW)
        wanted = str(self.schichten).split(BETWEEN)
        known = [layer for layer in LAYERS if layer in wanted]
        is_given = bool(known) or wanted == [NO_LAYER]
        text = BETWEEN.join(known) or NO_LAYER
        object.__setattr__(self, "schichten", text if is_given else DEFAULT_LAYERS)

    @classmethod
    def of(cls, window: str, layers: Sequence[str]) -> "GaugeState":
        """Return the state of the controls."""
        return cls(window, BETWEEN.join(layers) or NO_LAYER)

    @property
    def layers(self) -> tuple[str, ...]:
        """Return the chosen lines and marks."""
        return tuple(layer for layer in self.schichten.split(BETWEEN) if layer in LAYERS)

    @property
    def hours(self) -> int:
        """Return the window in hours."""
        return WINDOWS[self.fenster]


@dataclass(frozen=True, slots=True)
class ImpactState(PageState):
    """Which kind of impact is listed."""

    art: str = "alle"

    def __post_init__(self) -> None:
        self.keep("art", ("alle", *KINDS), "alle")


@dataclass(frozen=True, slots=True)
class ObjectState(PageState):
    """Which kind of object is listed, and of which place."""

    art: str = ALL
    ort: str = ALL

    def __post_init__(self) -> None:
        self.keep("art", (ALL, *OBJECT_KINDS), ALL)
        object.__setattr__(self, "ort", clean_slug(self.ort, PLACE_MAX_LENGTH) or ALL)


@dataclass(frozen=True, slots=True)
class CompareState(SortedState):
    """Which gauge, which of its waves, where they lie over one another, and the table's order.

    `ereignisse` is "" for what the page suggests, else keys of waves or "keine".
    """

    TABLE: ClassVar = ids.COMPARE_TABLE
    SORT_KEYS: ClassVar = ("begin", "peak", "rise", "to_peak", "above", "missing")
    DEFAULT_SORT: ClassVar = "begin"

    pegel: str = ""
    ereignisse: str = ""
    ausrichtung: str = BY_BEGIN

    def __post_init__(self) -> None:
        object.__setattr__(self, "pegel", clean_slug(self.pegel, PLACE_MAX_LENGTH))
        self.keep("ausrichtung", (BY_BEGIN, BY_PEAK), BY_BEGIN)
        wanted = dict.fromkeys(str(self.ereignisse).split(BETWEEN))
        keys = [key for key in wanted if WAVE_KEY.fullmatch(key)]
        is_none = self.ereignisse == NO_LAYER
        text = NO_LAYER if is_none else BETWEEN.join(keys[:MOST_WAVES])
        object.__setattr__(self, "ereignisse", text)
        SortedState.__post_init__(self)  # super() of a class with slots is another class

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the chosen waves by their keys."""
        return tuple(self.ereignisse.split(BETWEEN)) if self.is_chosen else ()

    @property
    def is_chosen(self) -> bool:
        """Tell whether the address names waves."""
        return self.ereignisse not in {"", NO_LAYER}
