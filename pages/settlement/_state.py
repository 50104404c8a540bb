"""URL state of the settlement page: period and order of the table."""

from dataclasses import dataclass

from components.page_state import PageState
from components.population import DEFAULT_PERIOD, PERIODS
from components.table import Sorting
from pages.settlement import _ids as ids

SORT_KEYS = ("name", "vg", "before", "after", "people", "percent", "density")
DEFAULT_SORT = "percent"
DOWN, UP = "ab", "auf"


@dataclass(frozen=True, slots=True)
class SettlementState(PageState):
    """Which period is shown and what the table is sorted by."""

    zeitraum: str = DEFAULT_PERIOD
    sortierung: str = DEFAULT_SORT
    richtung: str = DOWN

    def __post_init__(self) -> None:
        self.keep("zeitraum", tuple(PERIODS), DEFAULT_PERIOD)
        self.keep("sortierung", SORT_KEYS, DEFAULT_SORT)
        self.keep("richtung", (UP, DOWN), DOWN)

    @property
    def sorting(self) -> Sorting:
        """Return the order of the table."""
        return Sorting(ids.TABLE_KEY, self.sortierung, descending=self.richtung == DOWN)
