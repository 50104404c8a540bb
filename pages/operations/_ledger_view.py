"""The ledger in words and tables: what alarms turned out to be, and how good they were."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.links import page_link
from components.panel import panel
from components.table import Column, Row, data_table
from pages.operations._alarm_list import STATES, severity_badge, title
from pages.operations._remarks import remark_lines
from services.alarms.ledger import LEAST
from services.alarms.model import Outcome
from services.alarms.views import AlarmView, Figures, Ledger
from services.alarms.words import OUTCOME_WORDS

OPEN, CLOSED, EVERY = "offen", "abgeschlossen", "alle"
CHOICES = ((EVERY, "alle"), (OPEN, "offen"), (CLOSED, "abgeschlossen"))
FEW = f"zu wenige (unter {LEAST})"
PERCENT = 100.0


def headline(ledger: Ledger) -> str:
    """Say how many floods were warned of in time."""
    total = ledger.total
    if not total.floods:
        return "Noch ist kein Hochwasser mit Ergebnis eingetragen"
    counts = f"{total.hits} von {total.floods} örtlichen Hochwassern rechtzeitig gewarnt"
    if total.pod is None:
        return f"{counts}: zu wenige für eine Quote"
    return f"Warnmeldungsquote {formats.number(PERCENT * total.pod)} %: {counts}"


def _evacuations(row: Figures) -> str:
    """Say in how many floods people were evacuated, and of how many nobody said it."""
    said = row.floods - row.unsaid
    if not said:
        return "Ob evakuiert wurde, ist zu noch keinem Hochwasser eingetragen"
    share = (
        "zu wenige für eine Quote"
        if row.evacuation is None
        else f"Evakuierungsquote {formats.number(PERCENT * row.evacuation)} %"
    )
    rest = f"; zu {row.unsaid} ist nichts eingetragen" if row.unsaid else ""
    return f"Evakuiert wurde bei {row.evacuated} von {said} Hochwassern ({share}{rest})"


def lead_line(ledger: Ledger) -> Component:
    """Say what the figures rest on."""
    total = ledger.total
    words = (
        f"Nach dem Urteil von Menschen: {total.hits} Treffer, {total.late} zu spät,"
        f" {total.missed} verpasst, {total.false} Fehlalarme;"
        f" {total.others} Übungen oder unklare zählen nicht."
    )
    evacuated = [html.P(f"{_evacuations(total)}.", className="intro__sub")] if total.floods else []
    return html.Div([html.P(words, className="intro__sub"), *evacuated])


def figures_panel(ledger: Ledger) -> Component:
    """Show the figures by place and gauge."""
    name = "Wie gut waren die Alarme?"
    if not ledger.figures:
        words = "Sobald Alarme mit Ergebnis abgeschlossen sind, stehen hier Treffer und Fehlalarme."
        return panel(name, html.P(words, className="panel__sentence"))
    columns = [
        Column("Ort oder Pegel"),
        Column("Treffer", "number", label="Treffer"),
        Column("zu spät", "number", label="zu spät"),
        Column("verpasst", "number", label="verpasst"),
        Column("Fehlalarme", "number", label="Fehlalarme"),
        Column("rechtzeitig (POD)", "number", label="rechtzeitig (POD)"),
        Column("falsch (FAR)", "number", label="falsch (FAR)"),
        Column("evakuiert", "number", label="evakuiert"),
    ]
    rows = [_figure_row(row) for row in (*ledger.figures, ledger.total)]
    caption = (
        "POD: Anteil der Hochwasser mit rechtzeitiger Warnung. FAR: Anteil der Alarme, nach denen"
        " nichts kam. Alarme eines Ortes binnen 24 Stunden sind ein Ereignis."
    )
    table = data_table(caption, columns, rows, variant="cards")
    return panel(name, [table, html.H3("Nach Jahren"), _years(ledger)])


def _years(ledger: Ledger) -> Component:
    """Show both quotas of the Digital Agenda by year."""
    columns = [
        Column("Jahr"),
        Column("Hochwasser", "number", label="örtliche Hochwasser"),
        Column("gewarnt", "number", label="rechtzeitig gewarnt"),
        Column("Warnmeldungsquote", "number", label="Warnmeldungsquote"),
        Column("evakuiert", "number", label="evakuiert"),
        Column("Evakuierungsquote", "number", label="Evakuierungsquote"),
    ]
    rows = [
        Row(
            (
                row.name,
                formats.number(row.floods),
                formats.number(row.hits),
                _share(row.pod),
                _moved(row),
                _share(row.evacuation),
            )
        )
        for row in ledger.years
    ]
    caption = (
        "Nach den Erfolgswerten der Digitalen Agenda: Hochwasser mit rechtzeitiger Warnung und"
        " solche mit Evakuierung, je örtlichem Hochwasser und Jahr. Wo nicht eingetragen ist, ob"
        " evakuiert wurde, zählt das Hochwasser in der Evakuierungsquote nicht mit."
    )
    return data_table(caption, columns, rows, variant="cards")


def _moved(row: Figures) -> str:
    said = row.floods - row.unsaid
    return f"{row.evacuated} von {said}" if said else "nicht eingetragen"


def _figure_row(row: Figures) -> Row:
    counts = (row.hits, row.late, row.missed, row.false)
    return Row(
        (
            row.name,
            *(formats.number(count) for count in counts),
            _share(row.pod),
            _share(row.far),
            _moved(row),
        ),
        is_total=not row.subject,
    )


def _share(share: float | None) -> str:
    return FEW if share is None else f"{formats.number(PERCENT * share)} %"


def list_panel(ledger: Ledger, only: str) -> Component:
    """List alarms, newest first."""
    found = [alarm for alarm in ledger.alarms if _is_wanted(alarm, only)]
    name = "Alle Alarme"
    if not found:
        return panel(name, html.P("Kein Alarm passt zu dieser Auswahl.", className="muted"))
    columns = [
        Column("Alarm"),
        Column("Stufe", card="right"),
        Column("ausgelöst", label="ausgelöst"),
        Column("quittiert", label="quittiert"),
        Column("Stand", label="Stand"),
        Column("Bemerkung", card="wide", label="Bemerkung"),
    ]
    rows = [_row(alarm, ledger.now) for alarm in found]
    count = "1 Alarm" if len(found) == 1 else f"{len(found)} Alarme, neueste zuerst"
    caption = f"{count}; Zeiten der Uhr, auf die sich die Lage bezieht."
    return panel(name, data_table(caption, columns, rows, variant="cards"))


def _is_wanted(alarm: AlarmView, only: str) -> bool:
    if only == EVERY:
        return True
    return (alarm.closed_at is None) == (only == OPEN)


def _row(alarm: AlarmView, now: datetime) -> Row:
    acknowledged = "–"
    if alarm.acknowledged_at is not None:
        at = formats.brief(alarm.acknowledged_at, now)
        acknowledged = f"{at}, {alarm.acknowledged_by}"
    drill = " (Übung)" if alarm.is_drill else ""
    return Row(
        (
            f"{title(alarm)}{drill}" if alarm.is_drill else _told(alarm),
            severity_badge(alarm.severity),
            formats.stamp(alarm.opened_at),
            acknowledged,
            _standing(alarm, now),
            _notes(alarm, now),
        ),
        state=STATES[alarm.severity].value,
    )


def _notes(alarm: AlarmView, now: datetime) -> list[Component | str]:
    """Show why it was closed so, and what was noted at it before."""
    closing = [html.P(alarm.outcome_note)] if alarm.outcome_note else []
    return [*closing, *remark_lines(alarm.remarks, now)] or ["–"]


def _told(alarm: AlarmView) -> list[Component | str]:
    """Name a real alarm with the way to the messages that carried it."""
    link = page_link("Meldungen dazu", urls.deliveries_url(alarm.alarm_id))
    return [title(alarm), html.Br(), html.Small(link)]


def _standing(alarm: AlarmView, now: datetime) -> str:
    if alarm.closed_at is None:
        return "offen" if alarm.ended_at is None else "offen, Bedingung beendet"
    words = OUTCOME_WORDS[Outcome(alarm.outcome)] if alarm.outcome else "ohne Ergebnis"
    return f"{words}; abgeschlossen {formats.brief(alarm.closed_at, now)}, {alarm.closed_by}"
