"""Pieces of the page of a calculation."""

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.attributes import attributes
from components.links import page_link
from components.panel import notice
from components.short_name import gauge_name
from components.silence import places
from components.states import WARNED
from pages.water._run_comparison import Keys, comparison, key_of
from pages.water._run_rows import is_running, is_what_if, kind_words
from pages.water._what_if_words import RAIN
from services.situation.model import Point, RunView, Situation
from services.situation.places import one_per_place

CM_PER_M = 100
PERCENT = 100


def missing(words: str) -> Component:
    """Say that there is no such run and lead back."""
    return html.Div([notice(words, "warn"), html.P(page_link("Zu den Gewässern", urls.WATER))])


def headline(run: RunView, below: Keys | None = None) -> str:
    """Say what the calculation is and found; a supposition speaks of places below its gauge."""
    if is_running(run):
        return f"{kind_words(run)}: Berechnung läuft"
    if run.status != "fertig":
        return f"{kind_words(run)}: {run.status}"
    shown = [v for v in one_per_place(run.villages) if below is None or key_of(v) in below]
    warned = sum(view.state in WARNED for view in shown)
    where = " unterhalb" if below is not None else ""
    if not warned:
        return f"{kind_words(run)}: kein Ort{where} gefährdet"
    return f"{kind_words(run)}: {places(warned)}{where} gefährdet"


def lead_lines(run: RunView, situation: Situation, start: Point | None = None) -> list[Component]:
    """Mark a supposition unmistakably and say what was assumed, from which reading on."""
    parts: list[Component] = []
    if is_what_if(run):
        parts.append(notice("Was wäre wenn – keine Lage. Nichts davon ist gemessen.", "whatif"))
    parts.append(html.P(f"{_assumption(run, situation, start)} {RAIN}", className="intro__sub"))
    times = f"Datenstand {formats.stamp(run.as_of)}"
    parts.append(html.P(times, className="intro__meta"))
    return parts


def _assumption(run: RunView, situation: Situation, start: Point | None) -> str:
    if not is_what_if(run):
        verb = "wird" if is_running(run) else "wurde"
        return f"Die jetzige Lage {verb} aus denselben Messwerten neu berechnet."
    wanted = gauge_of(run)
    gauge = next((g for g in situation.gauges if g.gauge_id == wanted), None)
    rise, hours = _number(run, "rise_per_h"), _number(run, "hours")
    span = "1 Stunde" if hours == 1 else f"{formats.number(hours)} Stunden"
    words = (
        f"Angenommen: {gauge_name(gauge.name) if gauge else 'Ein früherer Pegel'} steigt ab jetzt"
        f" {span} lang um {formats.number(rise * CM_PER_M)} cm je Stunde"
    )
    if gauge is None or start is None or start.value is None:
        return f"{words}."
    first = formats.quantity(start.value, gauge.unit)
    last = formats.quantity(start.value + rise * hours, gauge.unit)
    return f"{words}, von {first} (gemessen {formats.moment(start.at, run.as_of)}) auf {last}."


def gauge_of(run: RunView) -> str:
    """Return the id of the gauge that a supposition changes, empty for a plain calculation."""
    return str(run.parameters.get("gauge_id", ""))


def _number(run: RunView, name: str) -> float:
    value = run.parameters.get(name, 0.0)
    return float(value) if isinstance(value, int | float) else 0.0


def body(run: RunView, below: Keys | None = None) -> Component:
    """Show progress, the reason of an end without result, or the comparison."""
    if is_running(run):
        return _progress(run)
    if run.status != "fertig":
        words = run.message or f"Die Berechnung ist {run.status}."
        return notice(f"{words} Unter Gewässer lässt sich eine neue starten.", "warn")
    return comparison(run, below)


def _progress(run: RunView) -> Component:
    share = round(run.progress * PERCENT)
    bar = html.Progress(
        value=str(share), max="100", **attributes(aria_label="Fortschritt der Berechnung")
    )
    words = html.Span(f"{share}{formats.NBSP}% · {run.message or run.status}")
    return html.Div([bar, words], className="run-progress", role="status")
