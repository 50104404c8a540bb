"""URL state of the mobility page: the order of the table."""

from dataclasses import dataclass

from components.page_state import PageState
from components.table import Sorting
from pages.mobility import _ids as ids

SORT_KEYS = ("name", "vg", "bus", "rail", "other", "total", "per_1000")
DEFAULT_SORT = "total"
DOWN, UP = "ab", "auf"


@dataclass(frozen=True, slots=True)
class MobilityState(PageState):
    """What the table is sorted by."""

    sortierung: str = DEFAULT_SORT
    richtung: str = DOWN

    def __post_init__(self) -> None:
        self.keep("sortierung", SORT_KEYS, DEFAULT_SORT)
        self.keep("richtung", (UP, DOWN), DOWN)

    @property
    def sorting(self) -> Sorting:
        """Return the order of the table."""
        return Sorting(ids.TABLE_KEY, self.sortierung, descending=self.richtung == DOWN)
