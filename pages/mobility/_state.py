"""URL state of the mobility page: the order of the table."""

from dataclasses import dataclass
from typing import ClassVar

from components.sorted_state import SortedState
from pages.mobility import _ids as ids


@dataclass(frozen=True, slots=True)
class MobilityState(SortedState):
    """What the table is sorted by."""

    TABLE: ClassVar = ids.TABLE_KEY
    SORT_KEYS: ClassVar = ("name", "vg", "bus", "rail", "other", "total", "per_1000")
    DEFAULT_SORT: ClassVar = "total"
