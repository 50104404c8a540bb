"""State of the journal in its URL: what is filtered, which page, which instant was asked for."""

from dataclasses import dataclass

from components.page_state import PageState
from services.journal.journal_search import BY_PEOPLE, EVERY, NO_DELIVERIES, WORDS_MAX
from services.journal.model import KIND_WORDS

KINDS = (EVERY, NO_DELIVERIES, BY_PEOPLE, *(kind.value for kind in KIND_WORDS))
TIME_MAX = len("14.07.2026 18:30 MESZ")
KEY_MAX = 140
NO_PLACE = "__alle__"
"""Chosen where nothing is; a select shows an empty value as an empty box, without its words."""


@dataclass(frozen=True, slots=True)
class JournalState(PageState):
    """Texts as people typed them, bounded and printable; the service says what is no time."""

    art: str = EVERY
    bezug: str = ""
    von: str = ""
    bis: str = ""
    suche: str = ""
    seite: str = "1"
    wissensstand: str = ""

    def __post_init__(self) -> None:
        self.keep("art", KINDS, EVERY)
        for name, most in (
            ("bezug", KEY_MAX),
            ("von", TIME_MAX),
            ("bis", TIME_MAX),
            ("suche", WORDS_MAX),
            ("wissensstand", TIME_MAX),
        ):
            text: object = getattr(self, name)
            is_usable = isinstance(text, str) and text.isprintable() and text != NO_PLACE
            object.__setattr__(self, name, str(text).strip()[:most] if is_usable else "")
        page: object = self.seite
        is_number = isinstance(page, str) and page.isascii() and page.isdigit()
        object.__setattr__(self, "seite", str(page)[:6] if is_number and page != "0" else "1")

    @property
    def page(self) -> int:
        """Return which page is shown, 1 for the newest."""
        return max(int(self.seite), 1)
