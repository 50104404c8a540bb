"""What a drill shows: one sentence, then every call with its minutes."""

from dash import html
from dash.development.base_component import Component

from components import formats
from components.panel import notice, panel
from components.table import Column, Row, data_table
from pages.operations import _drill_ids as ids
from services.alarms.model import Severity
from services.alarms.words import RULE_WORDS, SEVERITY_WORDS
from services.drills.evaluation import Call, Evaluation
from services.drills.evaluation_file import summary

HINT = (
    "Minuten der Ereigniszeit, in Klammern der Uhr. „Vorlauf“ ist die Zeit, bis das Wasser an dem"
    " Ort wirklich diese Stufe erreichte; vor dem Ende zählt nur, was schon gekommen ist."
)


def part() -> Component:
    """Lay out the evaluation."""
    button = html.Button(
        "Auswertung als CSV", id=ids.EVALUATE, className="btn btn-sm btn-quiet", type="button"
    )
    content = [
        html.Div(id=ids.EVALUATION),
        html.Div([button], className="actions"),
    ]
    return html.Div(panel("Auswertung", content, hint=HINT), className="page__part")


def shown(found: Evaluation) -> list[Component]:
    """Show sentence and table."""
    parts: list[Component] = [notice(f"Bis {formats.stamp(found.until)}: {summary(found)}")]
    if found.calls:
        columns = [
            Column("Ort oder Pegel"),
            Column("Ruf", label="Ruf"),
            Column("gerufen", label="gerufen"),
            Column("quittiert nach", label="quittiert nach"),
            Column("von", label="von"),
            Column("Vorlauf beim Ruf", label="Vorlauf beim Ruf"),
            Column("nach Quittierung", label="nach Quittierung"),
            Column("Meldungen", "number", label="Meldungen"),
            Column("Alarmplan", "number", label="Alarmplan-Stufen"),
        ]
        otherwise = "kam nicht" if found.is_final else "bisher nicht"
        rows = [_row(call, otherwise) for call in found.calls]
        caption = "Jeder Ruf eines Alarms, in der Reihenfolge der Ereigniszeit"
        parts.append(data_table(caption, columns, rows, variant="dense cards"))
    if found.missed:
        items = [
            html.Li(
                f"{item.name}: {SEVERITY_WORDS[Severity(item.level)]} erreicht"
                f" {formats.stamp(item.came_at)}"
            )
            for item in found.missed
        ]
        parts += [html.P("Ohne Alarm dieser Stufe gekommen:"), html.Ul(items)]
    drafted = len(found.drafts)
    acts = (
        f"{found.messages} Meldungen in das Übungspostfach, {len(found.measures)} Stufen des"
        f" Alarmplans begonnen, {drafted} Warnentwürfe gesichert."
    )
    parts.append(html.P(acts))
    return parts


def _row(call: Call, otherwise: str) -> Row:
    severity = SEVERITY_WORDS[Severity(call.severity)] if call.severity else ""
    by = f"{call.taken_by} ({call.role})" if call.role else call.taken_by
    return Row(
        (
            call.name,
            f"{RULE_WORDS[call.rule]} {severity}".strip(),
            formats.stamp(call.called_at),
            _taken(call),
            by,
            _minutes(call.offered_min, otherwise),
            _minutes(call.left_min, ""),
            str(call.messages),
            str(call.measures),
        )
    )


def _taken(call: Call) -> str:
    if call.taken_after_min is None:
        return "nicht quittiert"
    wall = formats.number(call.taken_after_wall_min, 1)
    return f"{formats.number(call.taken_after_min)} Min. ({wall})"


def _minutes(value: float | None, otherwise: str) -> str:
    return otherwise if value is None else f"{formats.number(value)} Min."
