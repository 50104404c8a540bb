"""Pieces of the page of a calculation."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.attributes import attributes
from components.links import page_link
from components.panel import notice, panel
from components.short_name import gauge_name
from components.states import WARNED, rank
from components.table import Column, Row, data_table
from components.village_parts import (
    arrival_words,
    name_cell,
    urgency,
    usable_words,
    village_badge,
)
from pages.water._run_rows import is_running, is_what_if, kind_words
from services.situation.model import RunView, Situation, VillageView

CM_PER_M = 100
PERCENT = 100


def missing(words: str) -> Component:
    """Say that there is no such run and lead back."""
    return html.Div([notice(words, "warn"), html.P(page_link("Zu den Gewässern", urls.WATER))])


def headline(run: RunView) -> str:
    """Say what the calculation is and found."""
    if is_running(run):
        return f"{kind_words(run)}: Berechnung läuft"
    if run.status != "fertig":
        return f"{kind_words(run)}: {run.status}"
    warned = sum(view.state in WARNED for view in run.villages if view.exposed)
    if not warned:
        return f"{kind_words(run)}: kein Ort gefährdet"
    return f"{kind_words(run)}: {warned} {'Ort' if warned == 1 else 'Orte'} gefährdet"


def lead_lines(run: RunView, situation: Situation) -> list[Component]:
    """Mark a supposition unmistakably and say what was assumed."""
    parts: list[Component] = []
    if is_what_if(run):
        parts.append(notice("Was wäre wenn – keine Lage. Nichts davon ist gemessen.", "whatif"))
    parts.append(html.P(_assumption(run, situation), className="intro__sub"))
    times = f"Datenstand {formats.stamp(run.as_of)}"
    parts.append(html.P(times, className="intro__meta"))
    return parts


def _assumption(run: RunView, situation: Situation) -> str:
    if not is_what_if(run):
        verb = "wird" if is_running(run) else "wurde"
        return f"Die jetzige Lage {verb} aus denselben Messwerten neu berechnet."
    wanted = str(run.parameters.get("gauge_id", ""))
    name = next((g.name for g in situation.gauges if g.gauge_id == wanted), wanted)
    rise, hours = _number(run, "rise_per_h"), _number(run, "hours")
    return (
        f"Angenommen: {gauge_name(name)} steigt ab jetzt {formats.number(hours)} Stunden lang"
        f" um {formats.number(rise * CM_PER_M)} cm je Stunde."
    )


def _number(run: RunView, name: str) -> float:
    value = run.parameters.get(name, 0.0)
    return float(value) if isinstance(value, int | float) else 0.0


def body(run: RunView, situation: Situation) -> Component:
    """Show progress, the reason of an end without result, or the comparison."""
    if is_running(run):
        return _progress(run)
    if run.status != "fertig":
        words = run.message or f"Die Berechnung ist {run.status}."
        return notice(f"{words} Unter Gewässer lässt sich eine neue starten.", "warn")
    return _comparison(run, situation.clock.now)


def _progress(run: RunView) -> Component:
    share = round(run.progress * PERCENT)
    bar = html.Progress(
        value=str(share), max="100", **attributes(aria_label="Fortschritt der Berechnung")
    )
    words = html.Span(f"{share}{formats.NBSP}% · {run.message or run.status}")
    return html.Div([bar, words], className="run-progress", role="status")


def _comparison(run: RunView, now: datetime) -> Component:
    before = {(view.place_id, view.river_id): view for view in run.baseline}
    shown = [v for v in run.villages if v.has_gauge_above and v.exposed]
    changed = [v for v in shown if _differs(v, before.get((v.place_id, v.river_id)))]
    same = len(shown) - len(changed)
    columns = [
        Column("Ort"),
        Column("jetzige Lage", label="jetzt"),
        Column("in dieser Berechnung", label="angenommen"),
        Column("Ankunft", label="Ankunft", card="wide"),
        Column("nutzbar, mindestens", "number", label="mindestens nutzbar", card="wide"),
    ]
    rows = [
        Row(
            (
                name_cell(view),
                _before(before.get((view.place_id, view.river_id))),
                village_badge(view),
                arrival_words(view, now),
                html.Span(usable_words(view), className="cell--strong"),
            ),
            state=view.state.value,
        )
        for view in sorted(changed, key=lambda view: (rank(view.state), *urgency(view)))
    ]
    rest = f"{same} weitere Orte ändern sich nicht." if same else ""
    if not rows:
        words = "Kein Ort ändert sich gegenüber der jetzigen Lage."
        return panel("Vergleich mit der jetzigen Lage", html.P(words))
    caption = f"{len(rows)} Orte, deren Zustand oder Ankunft sich ändert."
    table = data_table(caption, columns, rows, variant="cards")
    return panel(
        "Vergleich mit der jetzigen Lage",
        [table, html.Div(html.P(rest), className="panel__foot")],
        modifier="whatif" if is_what_if(run) else "",
    )


def _differs(view: VillageView, before: VillageView | None) -> bool:
    if before is None or view.state is not before.state:
        return True
    own = view.result.usable_p10_min if view.result else None
    old = before.result.usable_p10_min if before.result else None
    return (own is None) != (old is None) or abs((own or 0.0) - (old or 0.0)) >= 1


def _before(view: VillageView | None) -> Component | str:
    return village_badge(view) if view else formats.MISSING
