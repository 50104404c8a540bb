"""The heartbeat and the mailbox of drills on /lage/meldungen."""

from dash import html
from dash.development.base_component import Component

from components import formats
from components.content import Content
from components.panel import disclosure, panel
from components.table import Column, Row, data_table
from pages.operations import _deliveries_words as words
from services.notifications.beat_figures import BeatSpan
from services.notifications.drill_calls import DrillCall
from services.notifications.overview import Overview

BEAT_MEANS = (
    "Alle 15 Minuten meldet ein virtueller Sensor. Seine Meldung geht den Weg jedes Alarms, von der"
    " Zwischenablage bis zur Zustellung; gemessen wird die Zeit bis dahin."
)
BOX_MEANS = (
    "Was in der Nachstellung gemeldet würde. Es hat keinen Empfänger und geht nirgends hin. Was"
    " eine Gruppe zugleich erführe, steht in einer Zeile."
)
NO_ADDRESS = (
    "Für den Herzschlag ist keine Adresse eingetragen ([heartbeat] in der Datei der Meldewege)."
    " Ob Meldungen ankommen, ist nicht bewiesen."
)
MOST = 20
"""Lines of the mailbox: the newest calls of a replay."""
EMPTY = "Das Übungspostfach ist leer."


def heartbeat(found: Overview) -> Component:
    """Show percentiles of a day and a week, and when the way was last proven."""
    beat = found.beat
    if not found.has_beat_address:
        sentence = NO_ADDRESS
    elif beat.last_proven_at is None:
        sentence = "Noch kein Herzschlag ist angekommen; der erste kommt kurz nach dem Start."
    else:
        channel = found.channel_names.get(beat.channel, words.BOX_WORDS)
        age = formats.age(formats.minutes_between(beat.last_proven_at, found.state.now))
        stamp = formats.stamp(beat.last_proven_at)
        sentence = f"Zuletzt bewiesen {stamp} ({age}), zugestellt über: {channel}."
    columns = [
        Column("Zeitraum"),
        Column("angekommen", "number", label="angekommen"),
        Column("Hälfte (p50)", "number", label="Hälfte (p50)"),
        Column("95 % (p95)", "number", label="95 % (p95)"),
        Column("99 % (p99)", "number", label="99 % (p99)"),
    ]
    rows = [_span("24 Stunden", beat.day), _span("7 Tage", beat.week)]
    table = data_table("Zeit vom Sensor bis zur Zustellung", columns, rows, variant="cards")
    content = [html.P(sentence, className="panel__sentence"), table]
    return panel("Herzschlag der Meldekette", content, hint=BEAT_MEANS)


def _span(title: str, span: BeatSpan) -> Row:
    times = [_seconds(value) for value in (span.p50_s, span.p95_s, span.p99_s)]
    return Row((title, f"{span.delivered} von {span.beats}", *times))


def _seconds(value: float | None) -> str:
    return formats.MISSING if value is None else f"{formats.number(value, 1)}{formats.NBSP}s"


def mailbox(found: Overview) -> Component:
    """List what drills would have sent, what a group is told at one moment in one line."""
    shown = found.drills[:MOST]
    if not shown:
        sentence = html.P(EMPTY, className="panel__sentence")
        return panel(words.BOX_WORDS, sentence, hint=BOX_MEANS)
    columns = [
        Column("Zeit"),
        Column("Betreff", label="Betreff", card="wide"),
        Column("an Gruppe", label="an Gruppe"),
        Column("Text", label="Text", card="wide"),
    ]
    rows = [_call(call) for call in shown]
    count = sum(len(call.rows) for call in shown)
    caption = f"Die neuesten {count} von {formats.number(found.drills_in_all)} Meldungen"
    table = data_table(caption, columns, rows, variant="dense cards")
    return panel(words.BOX_WORDS, table, hint=BOX_MEANS)


def _call(call: DrillCall) -> Row:
    first, *others = call.rows
    subject: Content = first.subject
    summary = "Text lesen"
    if others:
        more = "eine weitere" if len(others) == 1 else f"{len(others)} weitere"
        subject = [first.subject, html.Br(), html.Small(f"und {more} zugleich")]
        summary = f"{len(call.rows)} Texte lesen"
    group = call.recipients or formats.MISSING
    return Row((formats.stamp(call.at), subject, group, disclosure(summary, _texts(call))))


def _texts(call: DrillCall) -> list[Component]:
    texts: list[Component] = []
    for row in call.rows:
        texts.append(html.P(row.body, className="preserved"))
        texts.append(html.P([f"Als SMS ({len(row.short)} Zeichen): ", html.Code(row.short)]))
    return texts
