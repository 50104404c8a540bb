"""The journal for a spreadsheet: entries, and what was known at an instant."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from data.journal import Search
from services.catalogue.formats.csv_file import cell
from services.catalogue.model import Value
from services.journal.knowledge import Knowledge, KnowledgeService, KnownValue
from services.journal.model import KIND_WORDS, EntryView
from services.journal.service import JournalService
from services.local_time import stamp
from services.situation.model import VillageView
from services.situation.state_words import STATE_WORDS

DRILL = "Übung"
HEADS = (
    "nr", "ereignis", "eingetragen", "wanduhr_utc", "art", "text", "gilt_jetzt", "berichtigungen",
    "ort", "breite", "laenge", "verfasser", "bezug_auf", "foto_sha256", "uebung", "hash",
)  # fmt: skip
KNOWN_HEADS = (
    "wissensstand", "art", "name", "zustand", "wert", "einheit", "gemessen", "alter_min",
    "stumm", "heute_gespeichert", "fruehestens", "wahrscheinlich", "spaetestens",
    "nutzbar_min_p10", "uebung",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class JournalCsv:
    """Makes the files for who may watch; the services it asks check the right."""

    journal: JournalService
    knowledge: KnowledgeService

    def entries(self, wanted: Search) -> str:
        """Return the entries of a search, oldest first; no cell can become a formula."""
        drill = DRILL if self.journal.is_drill else ""
        found = self.journal.entries(wanted).entries
        return written(HEADS, (self._record(view, drill) for view in found))

    def known(self, at: datetime) -> str:
        """Return the values, states and forecasts as they were known at an instant."""
        known = self.knowledge.at(at)
        drill = DRILL if self.journal.is_drill else ""
        gauges = (self._gauge_record(item, known, drill) for item in known.gauges)
        places = (self._place_record(view, known, drill) for view in known.villages if view.result)
        return written(KNOWN_HEADS, (*gauges, *places))

    def _record(self, view: EntryView, drill: str) -> tuple[Value, ...]:
        corrections = "; ".join(
            f"Nr. {item.entry_id}, {self._at(item.noted_at)}, {item.actor}: {item.reason}"
            for item in view.corrections
        )
        return (
            view.entry_id, self._at(view.happened_at), self._at(view.noted_at), view.wall_at,
            KIND_WORDS[view.kind], view.text, view.valid_text, corrections, view.place, view.lat,
            view.lon, view.actor, view.refers_to, view.photo,
            drill, view.entry_hash,
        )  # fmt: skip

    def _gauge_record(self, item: KnownValue, known: Knowledge, drill: str) -> tuple[Value, ...]:
        view = item.view
        age = None if view.age_min is None else round(view.age_min)
        return (
            self._at(known.at), "Pegel", view.name, STATE_WORDS[view.state], view.value, view.unit,
            self._maybe(view.observed_at), age, "ja" if view.is_silent else "nein", item.today,
            "", "", "", None, drill,
        )  # fmt: skip

    def _place_record(self, view: VillageView, known: Knowledge, drill: str) -> tuple[Value, ...]:
        result = view.result
        when = ("", "", "") if result is None else (
            self._maybe(result.earliest), self._maybe(result.likely), self._maybe(result.latest)
        )  # fmt: skip
        data_at = result.data_at if result else None
        usable = None if result is None else result.usable_p10_min
        return (
            self._at(known.at), "Ort", f"{view.name} ({view.river_name})", STATE_WORDS[view.state],
            None, "", self._maybe(data_at), None, "", None, *when,
            None if usable is None else int(usable), drill,
        )  # fmt: skip

    def _at(self, at: datetime) -> str:
        return stamp(at, self._zone)

    def _maybe(self, at: datetime | None) -> str:
        return "" if at is None else stamp(at, self._zone)

    @property
    def _zone(self) -> tzinfo:
        return self.journal.region.timezone


def written(heads: Sequence[str], records: Iterable[Sequence[Value]]) -> str:
    """Return a table as CSV; no cell of text can become a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    for record in records:
        writer.writerow([cell(value) for value in record])
    return out.getvalue()
