"""URL state of the water pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from components.impact_parts import KINDS
from components.page_state import PageState, clean_slug

WINDOWS: Mapping[str, int] = {"24h": 24, "48h": 48, "7t": 168, "30t": 720}
WINDOW_WORDS = (("24h", "24 Stunden"), ("48h", "48 Stunden"), ("7t", "7 Tage"), ("30t", "30 Tage"))
DEFAULT_WINDOW = "48h"
RIVER_MAX_LENGTH = 40


@dataclass(frozen=True, slots=True)
class IndexState(PageState):
    """Which river the Laufzeitdiagramm shows; "" is the one with the worst state."""

    fluss: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "fluss", clean_slug(self.fluss, RIVER_MAX_LENGTH))


@dataclass(frozen=True, slots=True)
class GaugeState(PageState):
    """Which window of time the gauge page shows."""

    fenster: str = DEFAULT_WINDOW

    def __post_init__(self) -> None:
        self.keep("fenster", tuple(WINDOWS), DEFAULT_WINDOW)

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
