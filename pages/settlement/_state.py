"""URL state of the settlement page: period and order of the table."""

from dataclasses import dataclass
from typing import ClassVar

from components.population import DEFAULT_PERIOD, PERIODS
from components.sorted_state import SortedState
from pages.settlement import _ids as ids


@dataclass(frozen=True, slots=True)
class SettlementState(SortedState):
    """Which period is shown and what the table is sorted by."""

    TABLE: ClassVar = ids.TABLE_KEY
    SORT_KEYS: ClassVar = ("name", "vg", "before", "after", "people", "percent", "density")
    DEFAULT_SORT: ClassVar = "percent"

    zeitraum: str = DEFAULT_PERIOD

    def __post_init__(self) -> None:
        self.keep("zeitraum", tuple(PERIODS), DEFAULT_PERIOD)
        SortedState.__post_init__(self)  # super() of a class with slots is another class
