"""The alarm plan in words and tables: proposals, started stages, what has become of measures."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.attributes import attributes
from components.links import file_link, outside_link
from components.panel import disclosure, notice, panel
from components.states import state_badge
from components.table import Column, Row, data_table
from pages.operations import _measures_ids as ids
from services.alarm_plan.model import (
    STATUS_WORDS,
    PlanBoard,
    Proposal,
    StageView,
    Status,
    StepView,
)
from services.flood.model import State

PROVISIONAL = (
    "Vorläufiger Plan: ein Vorschlag des Cockpits. Er ist durch den Alarm- und Einsatzplan des"
    " Landkreises zu ersetzen (Datei measures.csv)."
)
DRILL = "Nachstellung: Diese Maßnahmen sind eine Übung. Bitte niemanden wirklich losschicken."
NOTHING_PROPOSED = "Kein Gewässer steht über seinen Schwellen, oder alles Fällige ist gestartet."
NOTHING_STARTED = "Keine Stufe ist gestartet."
MARKS = {Status.OPEN: "○", Status.BEGUN: "◐", Status.DONE: "●", Status.IMPOSSIBLE: "✕"}


def headline(board: PlanBoard) -> str:
    """Say what is open, and whether something waits to be started."""
    found = board.unfinished
    begun = sum(step.status is Status.BEGUN for step in found)
    if found:
        return f"{len(found)} Maßnahmen offen, davon {begun} begonnen"
    if board.proposals:
        return "Der Alarmplan schlägt Maßnahmen vor"
    return "Keine Maßnahme ist offen"


def lead_lines(board: PlanBoard) -> list[Component]:
    """Say how the plan works and what it is."""
    words = "Der Zustand der Orte schlägt vor, Menschen starten. Jeder Schritt steht im Tagebuch."
    lines: list[Component] = [html.P(words, className="intro__sub")]
    if board.is_provisional:
        lines.append(notice(PROVISIONAL, "warn"))
    if board.is_drill:
        lines.append(notice(DRILL, "whatif"))
    return lines


def proposals_panel(board: PlanBoard, *, may_act: bool) -> Component:
    """Show what is due on each river and not started."""
    if not board.proposals:
        return panel("Vorgeschlagen", html.P(NOTHING_PROPOSED))
    items = [_proposal(proposal, may_act=may_act) for proposal in board.proposals]
    return panel("Vorgeschlagen, noch nicht gestartet", items)


def _proposal(proposal: Proposal, *, may_act: bool) -> Component:
    count = len(proposal.rows)
    words = "1 Maßnahme" if count == 1 else f"{count} Maßnahmen"
    listed = html.Ul([html.Li(f"{row.actor}: {row.what}") for row in proposal.rows])
    parts: list[Component] = [
        html.H3([f"{proposal.river_name} ", state_badge(proposal.level)], className="known__head"),
        html.P(f"wegen {', '.join(proposal.places)}; für {', '.join(proposal.actors)}"),
        disclosure(words, listed),
    ]
    if may_act:
        button = html.Button(
            f"{words} starten",
            id=ids.act_id("start", proposal.river_id, proposal.level.value),
            className="btn btn-sm btn-primary",
            type="button",
            # the button is gone once pressed: the focus goes to the first measure of the stage
            **attributes(
                aria_label=f"{words} für {proposal.river_name} starten",
                data_keep=f"start {proposal.river_id} {proposal.level.value}",
                data_keep_next=_group(proposal.river_name, proposal.level),
            ),
        )
        parts.append(html.Div(button, className="actions"))
    return html.Article(parts, className="measure-proposal")


def stages(board: PlanBoard, actor: str, *, may_act: bool) -> list[Component]:
    """Show the started stages with their measures, of one actor or of all."""
    if not board.stages:
        return [panel("Gestartet", html.P(NOTHING_STARTED))]
    return [_stage(stage, board.now, actor, may_act=may_act) for stage in board.stages]


def _stage(stage: StageView, now: datetime, actor: str, *, may_act: bool) -> Component:
    found = [step for step in stage.steps if not actor or step.actor == actor]
    done = sum(not step.is_unfinished for step in stage.steps)
    said = (
        f"gestartet {formats.moment(stage.started_at, now)} von {stage.started_by}"
        f" ({stage.reason}); {done} von {len(stage.steps)} abgeschlossen"
    )
    columns = [
        Column("Maßnahme"),
        Column("wer", label="wer"),
        Column("Stand", label="Stand"),
        *([Column("", card="wide")] if may_act else []),
    ]
    rows = [_row(step, now, may_act=may_act) for step in found]
    content: Component = html.P(f"{actor} hat hier keine Maßnahme.")
    if rows:
        content = data_table(said, columns, rows, variant="cards")
    return panel(
        f"{stage.river_name}: gestartet", content, hint=["Stufe ", state_badge(stage.level)]
    )


def _row(step: StepView, now: datetime, *, may_act: bool) -> Row:
    cells = [_what(step), _who(step), _standing(step, now)]
    if may_act:
        cells.append(html.Div(_buttons(step), className="actions"))
    return Row(tuple(cells))


def _what(step: StepView) -> Component:
    parts: list[Component] = [html.Div(step.what)]
    small = []
    if step.place_name:
        small.append(f"Ort: {step.place_name}")
    if step.precondition:
        mark = "bestätigt" if step.is_checked else "noch nicht bestätigt"
        small.append(f"Voraussetzung ({mark}): {step.precondition}")
    if step.note:
        small.append(f"Notiz: {step.note}")
    parts += [html.Div(words, className="muted journal__small") for words in small]
    if step.document:
        parts.append(outside_link("Dokument", step.document))
    return html.Div(parts)


def _who(step: StepView) -> Component:
    parts: list[Component] = [html.Div(step.actor)]
    if step.responsible:
        parts.append(html.Div(step.responsible))
    if step.contact_role:
        parts.append(html.Div(f"Kontakt: {step.contact_role}", className="muted journal__small"))
    return html.Div(parts)


def _standing(step: StepView, now: datetime) -> Component:
    mark = html.Span(f"{MARKS[step.status]} ", **attributes(aria_hidden="true"))
    changed = f"{formats.moment(step.changed_at, now)}, {step.changed_by}"
    return html.Div(
        [
            html.Strong([mark, STATUS_WORDS[step.status]]),
            html.Div(changed, className="muted journal__small"),
        ]
    )


def _buttons(step: StepView) -> list[Component]:
    quick = {Status.OPEN: ("begin", "Begonnen"), Status.BEGUN: ("finish", "Erledigt")}
    # "keep" names the measure: the focus goes to the button that took the place of the pressed one
    keep = {
        "data_keep": f"measure {step.step_id}",
        "data_keep_group": _group(step.river_name, step.level),
    }
    found: list[Component] = []
    if step.status in quick:
        part, words = quick[step.status]
        if part == "begin" and step.precondition and not step.is_checked:
            words = "Voraussetzung erfüllt, begonnen"
        found.append(
            html.Button(
                words,
                id=ids.act_id(part, step.step_id, step.version),
                className="btn btn-sm btn-primary",
                type="button",
                **attributes(aria_label=f"{words}: {step.what}", **keep),
            )
        )
    found.append(
        html.Button(
            "Bearbeiten",
            id=ids.act_id("edit", step.step_id, step.version),
            className="btn btn-sm btn-quiet",
            type="button",
            **attributes(aria_label=f"Bearbeiten: {step.what}", **keep),
        )
    )
    return found


def _group(river_name: str, level: State) -> str:
    return f"{river_name} {level.value}"


def closed_panel(closed: Iterable[StageView], now: datetime) -> Component | None:
    """List the stages that were closed last."""
    rows = [
        Row(
            (
                stage.river_name,
                state_badge(stage.level),
                f"{formats.moment(stage.started_at, now)}, {stage.started_by}",
                f"{formats.moment(stage.closed_at, now)}, {stage.closed_by}",
                stage.closing_note or "–",
            )
        )
        for stage in closed
        if stage.closed_at is not None
    ]
    if not rows:
        return None
    columns = [
        Column("Gewässer"),
        Column("Stufe", card="right"),
        Column("gestartet", label="gestartet"),
        Column("abgeschlossen", label="abgeschlossen"),
        Column("Bemerkung", card="wide"),
    ]
    return disclosure(
        "Abgeschlossene Stufen", data_table("Neueste zuerst.", columns, rows, variant="cards")
    )


def files(actor: str) -> Component:
    """Link to what can be printed and taken along."""
    query = f"?{urlencode({'akteur': actor})}" if actor else ""
    name = f"Laufzettel für {actor}" if actor else "Laufzettel aller Akteure"
    printing = html.Button(
        "Diese Seite drucken",
        className="btn btn-sm btn-quiet",
        type="button",
        **attributes(data_print="1"),
    )
    return html.Div(
        [
            file_link(f"{name} (PDF)", urls.RUNNING_SHEET + query),
            file_link("Alle Maßnahmen (CSV)", urls.MEASURES_CSV),
            printing,
        ],
        className="actions",
    )


def actors(board: PlanBoard) -> list[str]:
    """Return the actors of the started stages by name."""
    return sorted({step.actor for stage in board.stages for step in stage.steps})
