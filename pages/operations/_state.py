"""State of the operations room's pages in their URLs."""

from dataclasses import dataclass

from components.page_state import PageState
from pages.operations._ledger_view import CHOICES, EVERY

WORDS_MAX = 60


@dataclass(frozen=True, slots=True)
class LedgerState(PageState):
    """Which alarms the ledger lists: words in their name, open or closed ones."""

    suche: str = ""
    stand: str = EVERY

    def __post_init__(self) -> None:
        self.keep("stand", tuple(key for key, _ in CHOICES), EVERY)
        text: object = self.suche
        is_usable = isinstance(text, str) and text.isprintable()
        cleaned = str(text).strip()[:WORDS_MAX] if is_usable else ""
        object.__setattr__(self, "suche", cleaned)
