"""The alarm plan on paper and for a spreadsheet: Laufzettel by actor, table of all measures."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.alarm_plan.model import STATUS_WORDS, PlanBoard, StageView, Status, StepView
from services.alarm_plan.service import AlarmPlanService
from services.catalogue.model import Value
from services.journal.csv_files import DRILL, written
from services.local_time import stamp
from services.printing.document import PrintedDocument
from services.situation.state_words import STATE_WORDS

HEADS = (
    "gewaesser", "stufe", "ort", "akteur", "massnahme", "voraussetzung", "bestaetigt", "kontakt",
    "dokument", "status", "verantwortlich", "begonnen", "beendet", "notiz", "geaendert",
    "geaendert_von", "gestartet", "gestartet_von", "uebung",
)  # fmt: skip
PROVISIONAL = (
    "Vorläufiger Plan: eigener Vorschlag des Cockpits, nicht der Alarm- und Einsatzplan des"
    " Landkreises."
)
BOX = {
    Status.OPEN: "[   ]",
    Status.BEGUN: "[ / ]",
    Status.DONE: "[ X ]",
    Status.IMPOSSIBLE: "[ - ]",
}


@dataclass(frozen=True, slots=True)
class AlarmPlanFiles:
    """Makes the files for who may watch; the service it asks checks the right."""

    plan: AlarmPlanService
    title: str

    def csv(self) -> str:
        """Return all measures of the started stages; no cell can become a formula."""
        board = self.plan.board()
        drill = DRILL if board.is_drill else ""
        return written(
            HEADS,
            (
                self._record(stage, step, drill)
                for stage in (*board.stages, *board.closed)
                for step in stage.steps
            ),
        )

    def running_sheet(self, actor: str = "") -> bytes:
        """Return the Laufzettel of an actor, of all with none named: one sheet each."""
        board = self.plan.board()
        steps = [step for stage in board.stages for step in stage.steps]
        actors = [actor] if actor else sorted({step.actor for step in steps})
        made = f"{self.title} · Stand {self._at_text(board)}"
        name = f"Laufzettel {actors[0]}" if len(actors) == 1 else "Laufzettel"
        document = PrintedDocument(name, made, is_drill=board.is_drill, made_at=board.now)
        if board.is_provisional:
            document.paragraph(PROVISIONAL, is_bold=True)
        if not steps:
            document.paragraph("Keine Stufe des Alarmplans ist gestartet.")
        for index, each in enumerate(actors if steps else ()):
            if index:
                document.add_page()
            self._sheet(document, each, [step for step in steps if step.actor == each])
        return document.made_bytes()

    def _sheet(self, document: PrintedDocument, actor: str, steps: Iterable[StepView]) -> None:
        document.heading(actor)
        found = list(steps)
        if not found:
            document.remark("Keine Maßnahme.")
        for step in found:
            where = f"{step.place_name}, {step.river_name}" if step.place_name else step.river_name
            document.paragraph(f"{BOX[step.status]}  {step.what}", is_bold=True)
            document.remark(f"{where}, Stufe {STATE_WORDS[step.level]} · {self._standing(step)}")
            if step.precondition:
                mark = "bestätigt" if step.is_checked else "noch nicht bestätigt"
                document.paragraph(f"Voraussetzung ({mark}): {step.precondition}")
            if step.contact_role:
                document.paragraph(f"Kontakt: {step.contact_role}")
            if step.document:
                document.remark(step.document)
            document.remark("begonnen ____:____   erledigt ____:____   Name ____________________")
            document.line_across()

    def _standing(self, step: StepView) -> str:
        has = f", {step.responsible}" if step.responsible else ""
        said = f"; {step.note}" if step.note else ""
        return f"{STATUS_WORDS[step.status]}{has}{said}"

    def _record(self, stage: StageView, step: StepView, drill: str) -> tuple[Value, ...]:
        zone = self.plan.region.timezone
        return (
            step.river_name, STATE_WORDS[step.level], step.place_name, step.actor, step.what,
            step.precondition, "ja" if step.is_checked else "nein", step.contact_role,
            step.document, STATUS_WORDS[step.status], step.responsible,
            stamp(step.begun_at, zone) if step.begun_at else "",
            stamp(step.ended_at, zone) if step.ended_at else "", step.note,
            stamp(step.changed_at, zone), step.changed_by, stamp(stage.started_at, zone),
            stage.started_by, drill,
        )  # fmt: skip

    def _at_text(self, board: PlanBoard) -> str:
        return stamp(board.now, self.plan.region.timezone)
