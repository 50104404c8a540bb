"""The evaluation of a drill as CSV and as one sentence."""

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

from services.alarms.model import Severity
from services.alarms.words import RULE_WORDS, SEVERITY_WORDS
from services.catalogue.formats.csv_file import cell
from services.drills.evaluation import Call, Evaluation
from services.drills.event import MARK
from services.local_time import stamp

HEAD = (
    "Art", "Ort oder Pegel", "Stufe", "gerufen (Ereigniszeit)", "quittiert nach Ereignisminuten",
    "quittiert nach Minuten der Uhr", "von", "Rolle", "Wasser kam (Ereigniszeit)",
    "Vorlauf beim Ruf (min)", "Vorlauf nach Quittierung (min)", "Meldungen", "Alarmplan-Stufen",
)  # fmt: skip
MISSED = "ohne Alarm gekommen"


def evaluation_csv(found: Evaluation, zone: ZoneInfo) -> str:
    """Return the evaluation as CSV; its first line says that it is a drill."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([f"{MARK}: {cell(found.title)}"])
    writer.writerow([cell(summary(found))])
    writer.writerow(HEAD)
    for call in found.calls:
        writer.writerow([cell(value) for value in _row(call, zone)])
    for item in found.missed:
        level = SEVERITY_WORDS[Severity(item.level)]
        row = (MISSED, item.name, level, *[""] * 5, stamp(item.came_at, zone), *[""] * 4)
        writer.writerow([cell(value) for value in row])
    return out.getvalue()


def summary(found: Evaluation) -> str:
    """Say in one or two sentences how the drill went."""
    if not found.calls:
        return f"Kein Alarm hat gerufen. {_missed(found)}".strip()
    taken = len(found.taken)
    calls = "1 Ruf" if len(found.calls) == 1 else f"{len(found.calls)} Rufe"
    words = f"{calls}, {taken} davon quittiert"
    if found.typical_min is not None:
        words += f", im Mittel (Median) nach {_minutes(found.typical_min)} der Ereigniszeit"
    words += "."
    if not found.knows_truth:
        return f"{words} Wann das Wasser wirklich kam, ist bei einer Aufzeichnung nicht bekannt."
    if found.offered is None:
        so_far = "" if found.is_final else " bisher"
        nowhere = f"An keinem gerufenen Ort kam das Wasser{so_far} bis zur gerufenen Stufe."
        return f"{words} {nowhere} {_missed(found)}".strip()
    words += f" Vor dem Wasser boten die Rufe im Median {_minutes(found.offered)}"
    if found.left is None:
        words += "; genutzt wurde davon nichts, weil niemand quittiert hat."
    else:
        words += f"; nach der Quittierung blieben {_minutes(found.left)}."
    return f"{words} {_missed(found)}".strip()


def _missed(found: Evaluation) -> str:
    count = len(found.missed)
    if not count:
        return ""
    return f"{count} mal erreichte das Wasser eine Stufe, ohne dass vorher ein Alarm dafür rief."


def _row(call: Call, zone: ZoneInfo) -> tuple[str | float | int | None, ...]:
    def whole(value: float | None) -> float | None:
        return None if value is None else round(value, 1)

    def moment(at: datetime | None) -> str:
        return "" if at is None else stamp(at, zone)

    severity = SEVERITY_WORDS[Severity(call.severity)] if call.severity else ""
    return (
        RULE_WORDS[call.rule], call.name, severity, moment(call.called_at),
        whole(call.taken_after_min), whole(call.taken_after_wall_min), call.taken_by, call.role,
        moment(call.came_at), whole(call.offered_min), whole(call.left_min), call.messages,
        call.measures,
    )  # fmt: skip


def _minutes(value: float) -> str:
    whole = round(value)
    return "1 Minute" if whole == 1 else f"{whole} Minuten"
