"""Drafts of warnings by hand: a text, a composer and a desk that remember what was asked."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from services.people.identity import require
from services.people.model import Right
from services.warnings import texts
from services.warnings.draft_model import ALERT, EXERCISE, AreaText, DraftText, DraftView
from services.warnings.errors import DraftRefusedError

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
MAYEN = AreaText("Mayen", point=(50.33, 7.22), codes=(("AGS", "07137068"), ("ARS", "071370068068")))


def draft_text(**changes) -> DraftText:
    made = DraftText(
        headline="Gefahr durch Hochwasser: Mayen",
        description="Mayen (Nette): Hochwasser zwischen 10.03. 15:00 und 17:00 Uhr erwartet.",
        instruction="Ufer meiden, Keller nicht betreten, Nachbarn informieren.",
        severity="Severe",
        urgency="Expected",
        certainty="Likely",
        response="Prepare",
        hours=3.0,
        onset_at=NOW + timedelta(minutes=50),
        areas=(MAYEN,),
        run_id="run-1",
    )
    return replace(made, **changes)


def draft_view(**changes) -> DraftView:
    made = DraftView(
        identifier="myk.20260310T120000.abc", chain="myk.20260310T120000.abc", sent_at=NOW,
        status=EXERCISE, msg_type=ALERT, expires_at=NOW + timedelta(hours=3),
        headline="Gefahr durch Hochwasser: Mayen", author="Dienst crisis", text=draft_text(),
        xml="<alert/>", is_open=True,
    )  # fmt: skip
    return replace(made, **changes)


@dataclass
class FakeComposer:
    still: tuple[str, ...] = ()

    def still_warned(self, _areas):
        return self.still

    def places(self):
        return (("mayen/nette", "Mayen (Nette)"), ("plaidt/nette", "Plaidt (Nette)"))

    def areas(self, chosen):
        return (MAYEN,) if "mayen/nette" in chosen else ()

    def suggest(self, chosen):
        require(Right.OPERATE)
        if not chosen:
            raise DraftRefusedError(user_message="Bitte mindestens einen Ort wählen.")
        return draft_text()

    def polygon(self, name, corners):  # noqa: ARG002  # as the real one
        return AreaText(name, polygon=((50.0, 7.0), (50.0, 7.1), (50.1, 7.1), (50.0, 7.0)))


@dataclass
class FakeWarningDesk:
    found: tuple[DraftView, ...] = field(default_factory=lambda: (draft_view(),))
    asked: list[tuple[object, ...]] = field(default_factory=list)

    def drafts(self):
        require(Right.WATCH)
        return self.found

    def preview(self, text):
        self.asked.append(("preview", text))
        return "<alert>Vorschau</alert>"

    def save(self, text):
        require(Right.OPERATE)
        self.asked.append(("save", text))
        return "myk.neu"

    def update(self, identifier, text):
        require(Right.OPERATE)
        self.asked.append(("update", identifier, text))
        return "myk.neu"

    def cancel(self, identifier, text):
        require(Right.OPERATE)
        self.asked.append(("cancel", identifier, text))
        return "myk.neu"

    def all_clear(self, identifier):  # noqa: ARG002  # as the real one
        require(Right.OPERATE)
        return texts.all_clear(draft_text(), ["Mayen"])
