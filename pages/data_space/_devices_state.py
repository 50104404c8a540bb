"""URL states: which devices are listed in which order; a device's page or its label."""

from dataclasses import dataclass
from typing import ClassVar

from components.page_state import PageState
from components.sorted_state import SortedState
from pages.data_space import _devices_ids as ids

FILTERS = {
    "alle": "alle",
    "liefert": "liefern",
    "still": "überfällig oder stumm",
    "nie": "nie gehört",
    "ausgebaut": "ausgebaut",
}
ALL = "alle"
LABEL = "etikett"


@dataclass(frozen=True, slots=True)
class DevicesState(SortedState):
    """Which states are listed, and what the table is sorted by."""

    TABLE: ClassVar = ids.TABLE_KEY
    SORT_KEYS: ClassVar = ("name", "state", "seen", "rssi", "lost", "battery", "today")
    DEFAULT_SORT: ClassVar = "state"

    zustand: str = ALL

    def __post_init__(self) -> None:
        self.keep("zustand", tuple(FILTERS), ALL)
        SortedState.__post_init__(self)  # super() of a class with slots is another class


@dataclass(frozen=True, slots=True)
class DevicePageState(PageState):
    """The whole page of a device, or its label alone."""

    ansicht: str = ""

    def __post_init__(self) -> None:
        self.keep("ansicht", (LABEL, ""), "")
