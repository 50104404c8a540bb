"""The journal for the record: entries with corrections and photos, and what was known then."""

import io
from dataclasses import dataclass, replace
from datetime import datetime

from data.journal import Search
from services.flood.wording import usable_text
from services.journal.knowledge import Knowledge, KnowledgeService, KnownValue
from services.journal.model import KIND_WORDS, EntryView, JournalPage
from services.journal.service import FILE_MOST, JournalService
from services.journal.words import level_text
from services.local_time import stamp
from services.printing.document import PrintedDocument
from services.situation.model import VillageView
from services.situation.state_words import STATE_WORDS

ORIGINAL = "Ein Eintrag wird nie geändert; Berichtigungen stehen bei ihm, mit Grund."
PHOTO_MM = 70.0
CHECK = "Prüfung der ganzen Kette: ./cockpit journal verify oder „Kette prüfen“ im Cockpit."


@dataclass(frozen=True, slots=True)
class JournalPdf:
    """Makes the documents for who may watch; the services it asks check the right."""

    journal: JournalService
    knowledge: KnowledgeService
    title: str

    def entries(self, wanted: Search, at: datetime | None = None) -> bytes:
        """Return the entries as a document; with `at` as they, and the situation, were known."""
        found = self.journal.entries(replace(wanted, known_at=at) if at else wanted)
        document = self.begin("Einsatztagebuch")
        document.paragraph(self._scope_words(wanted, at, found))
        document.remark(ORIGINAL)
        if found.found > len(found.entries):
            document.paragraph(f"Gezeigt sind die ersten {FILE_MOST} Einträge.", is_bold=True)
        if at is not None:
            self._write_known(document, self.knowledge.at(at))
        document.heading("Einträge")
        for view in found.entries:
            self._write_entry(document, view)
        if not found.entries:
            document.remark("Kein Eintrag passt zu dieser Auswahl.")
        self.seal(document)
        return document.made_bytes()

    def begin(self, name: str) -> PrintedDocument:
        """Return an empty document that says where it comes from and whether it is a drill."""
        now = self.journal.clock.now()
        made = f"{self.title} · Stand {self._at(now)}"
        return PrintedDocument(name, made, is_drill=self.journal.is_drill, made_at=now)

    def seal(self, document: PrintedDocument) -> None:
        """Write down the head of the chain, against which the whole journal can be checked."""
        document.heading("Unversehrtheit")
        document.paragraph(f"Hash des letzten Eintrags im Tagebuch: {self.journal.head()}")
        document.remark(CHECK)

    def _write_known(self, document: PrintedDocument, known: Knowledge) -> None:
        document.heading(f"Was um {self._at(known.at)} bekannt war")
        run = f"Berechnung von {self._at(known.run_at)}" if known.run_at else ""
        document.paragraph(known.headline, is_bold=True)
        document.remark(" · ".join(part for part in (run, known.subline) if part))
        document.grid(
            ("Pegel", "Zustand", "Wert damals", "gemessen", "heute gespeichert"),
            [self._gauge_cells(item) for item in known.gauges],
            (34, 14, 16, 24, 20),
        )
        warned = [view for view in known.villages if view.result and view.result.level]
        if warned:
            document.ln(3)
            document.grid(
                ("Ort", "Zustand", "frühestens", "wahrscheinlich", "nutzbar"),
                [self._place_cells(view) for view in warned],
                (34, 14, 24, 24, 14),
            )
        document.heading("Damals offene Alarme")
        document.items(known.alarms, "Keiner.")

    def _write_entry(self, document: PrintedDocument, view: EntryView) -> None:
        late = (
            "" if view.noted_at == view.happened_at else f", eingetragen {self._at(view.noted_at)}"
        )
        head = f"Nr. {view.entry_id} · {self._at(view.happened_at)}{late} · {KIND_WORDS[view.kind]}"
        document.remark(f"{head} · {view.actor}{f' · {view.place}' if view.place else ''}")
        if view.corrections:
            document.struck(view.text)
        else:
            document.paragraph(view.text)
        for index, item in enumerate(view.corrections, start=1):
            said = f"berichtigt {self._at(item.noted_at)} von {item.actor}: {item.reason}"
            document.remark(f"Nr. {item.entry_id}, {said}")
            is_valid = index == len(view.corrections)
            (document.paragraph if is_valid else document.struck)(item.text)
        if view.lat is not None and view.lon is not None:
            position = f"{view.lat:.5f}; {view.lon:.5f}".replace(".", ",")
            document.remark(f"Position (Breite; Länge): {position}")
        if view.photo:
            document.remark(f"Foto: {view.photo}")
            self._write_photo(document, view.photo)
        document.line_across()

    def _write_photo(self, document: PrintedDocument, sha256: str) -> None:
        row = self.journal.photo(sha256)
        if document.will_page_break(PHOTO_MM * row.height / row.width):
            document.add_page()
        document.image(io.BytesIO(row.body), w=PHOTO_MM, alt_text="Foto zu diesem Eintrag")
        document.ln(2)

    def _gauge_cells(self, item: KnownValue) -> tuple[str, ...]:
        view = item.view
        age = "noch kein Wert"
        if view.observed_at is not None and view.age_min is not None:
            age = f"{self._at(view.observed_at)}, {view.age_min:.0f} Min. alt"
        today = level_text(item.today, view.unit) or "nicht mehr gespeichert"
        state = f"{STATE_WORDS[view.state]}{', stumm' if view.is_silent else ''}"
        value = level_text(view.value, view.unit) or "–"
        return view.name, state, value, age, today if item.is_changed else "gleich"

    def _place_cells(self, view: VillageView) -> tuple[str, ...]:
        result = view.result
        usable = None if result is None else result.usable_p10_min
        return (
            f"{view.name} ({view.river_name})",
            STATE_WORDS[view.state],
            self._maybe(result.earliest if result else None) or "–",
            self._maybe(result.likely if result else None) or "–",
            usable_text(usable),
        )

    def _scope_words(self, wanted: Search, at: datetime | None, found: JournalPage) -> str:
        start = f" ab {self._at(wanted.start)}" if wanted.start else ""
        end = f" bis {self._at(wanted.end)}" if wanted.end else ""
        words = f", die „{wanted.words}“ enthalten" if wanted.words else ""
        known = f" Wissensstand {self._at(at)}." if at else ""
        return f"{len(found.entries)} Einträge{start}{end}{words}.{known}"

    def _at(self, at: datetime) -> str:
        return stamp(at, self.journal.region.timezone)

    def _maybe(self, at: datetime | None) -> str:
        return "" if at is None else self._at(at)
