"""URL states: which devices are listed in which order; a device's page or its label."""

from dataclasses import dataclass

from components.page_state import PageState
from components.table import Sorting
from pages.data_space import _devices_ids as ids

FILTERS = {
    "alle": "alle",
    "liefert": "liefern",
    "still": "überfällig oder stumm",
    "nie": "nie gehört",
    "ausgebaut": "ausgebaut",
}
ALL = "alle"
SORT_KEYS = ("name", "state", "seen", "rssi", "lost", "battery", "today")
DEFAULT_SORT = "state"
DOWN, UP = "ab", "auf"
LABEL = "etikett"


@dataclass(frozen=True, slots=True)
class DevicesState(PageState):
    """Which states are listed, and what the table is sorted by."""

    zustand: str = ALL
    sortierung: str = DEFAULT_SORT
    richtung: str = DOWN

    def __post_init__(self) -> None:
        self.keep("zustand", tuple(FILTERS), ALL)
        self.keep("sortierung", SORT_KEYS, DEFAULT_SORT)
        self.keep("richtung", (UP, DOWN), DOWN)

    @property
    def sorting(self) -> Sorting:
        """Return the order of the table."""
        return Sorting(ids.TABLE_KEY, self.sortierung, descending=self.richtung == DOWN)


@dataclass(frozen=True, slots=True)
class DevicePageState(PageState):
    """The whole page of a device, or its label alone."""

    ansicht: str = ""

    def __post_init__(self) -> None:
        self.keep("ansicht", (LABEL, ""), "")
