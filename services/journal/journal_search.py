"""What a reader narrows the journal to, from texts of a URL to a search in the store."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.journal import BAR, Search
from services.journal.model import KIND_WORDS, SYSTEM, Kind
from services.journal.service import JournalService
from services.local_time import instant_of

WORDS_MAX = 80
EVERY, BY_PEOPLE, NO_DELIVERIES = "alle", "von-hand", "ohne-benachrichtigungen"


@dataclass(frozen=True, slots=True)
class JournalSearch:
    """Texts as people type them; what is empty does not narrow, what is unknown counts as empty."""

    reading: JournalService
    kind: str = EVERY
    place: str = ""
    start: str = ""
    end: str = ""
    words: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], reading: JournalService) -> "JournalSearch":
        """Return the search of a query of the page or of a file."""
        return cls(
            reading,
            kind=query.get("art", EVERY),
            place=query.get("bezug", ""),
            start=query.get("von", ""),
            end=query.get("bis", ""),
            words=query.get("suche", "")[:WORDS_MAX],
        )

    def search(self) -> Search:
        """Return what the store is asked for.

        Raises
        ------
        UnclearTimeError
            When a bound is no time.
        """
        zone = self.reading.region.timezone
        return replace(
            self.reading.wanted(),
            kinds=(self.kind,) if self.kind in KIND_WORDS else (),
            but=(Kind.DELIVERY.value,) if self.kind == NO_DELIVERIES else (),
            without=SYSTEM if self.kind == BY_PEOPLE else "",
            start=instant_of(self.start, zone) if self.start.strip() else None,
            end=instant_of(self.end, zone) if self.end.strip() else None,
            subject=f"{self.place}{BAR}" if self.place else "",
            words=self.words.strip(),
        )
