"""Pieces of /lage/meldungen: lead, deliveries with their attempts, channels."""

import hashlib
from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.links import page_link
from components.notification_line import faults, proven
from components.panel import disclosure, notice, panel
from components.states import state_badge
from components.table import Column, Row, data_table
from pages.operations import _deliveries_words as words
from services.alarms.announcement import CLEAR_ID
from services.flood.model import State
from services.notifications.carried import DigestView, MailCounts
from services.notifications.model import Kind
from services.notifications.overview import ChannelView, DeliveryView, MessageView, Overview

NOTHING_SENT = "Noch keine Meldung ist hinausgegangen."
IN_DRILL = (
    "Übungsbetrieb: Es gibt keinen Weg nach außen. Was gemeldet würde, steht unten im"
    " Übungspostfach."
)
ACCEPTED_MEANS = (
    "„Angenommen“ heißt: Der Mailserver oder das Gateway hat die Meldung übernommen und das"
    " bestätigt. Ob jemand sie gelesen hat, zeigt erst die Quittung des Alarms."
)


def headline(found: Overview) -> str:
    """Return the message of the page."""
    state = found.state
    if state.is_drill:
        count = found.drills_in_all
        return f"Übungspostfach: {formats.number(count)} Meldungen, niemand wird benachrichtigt"
    if faults(state):
        return "Meldungen kommen nicht sicher an"
    return "Meldungen gehen hinaus"


def mark_of(found: Overview) -> str:
    """Return a text that changes when what is listed does."""
    listed = repr((found.messages, found.channels, found.drills, found.beat))
    return hashlib.sha256(listed.encode()).hexdigest()[:16]


def lead_lines(found: Overview, alarm_id: str) -> list[Component]:
    """Continue the headline: what hinders messages, counts, when the way was proven."""
    state = found.state
    lines: list[Component] = [notice(sentence, "warn") for sentence in faults(state)]
    if state.is_drill:
        lines.append(notice(IN_DRILL, "whatif"))
    counts = (
        f"{formats.number(state.waiting)} warten, {formats.number(state.failed)} nicht zugestellt,"
        f" {formats.number(state.dropped)} verworfen in 24 Stunden. {proven(state)}"
    )
    lines.append(html.P(counts, className="intro__meta"))
    if found.mails.is_any:
        lines.append(html.P(mail_words(found.mails), className="intro__meta"))
    if alarm_id:
        back = page_link("Alle Meldungen zeigen", urls.DELIVERIES)
        one = "einer Entwarnung" if alarm_id.startswith(CLEAR_ID) else "eines Alarms"
        lines.append(html.P([f"Nur Meldungen {one}. ", back]))
    return lines


def mail_words(mails: MailCounts) -> str:
    """Count the mails to subscribers of a day; what was dropped or overtaken is said."""
    parts = [
        f"{formats.number(mails.delivered)} angenommen",
        f"{formats.number(mails.waiting)} warten",
        f"{formats.number(mails.overtaken)} von einer neueren überholt",
        f"{formats.number(mails.failed)} nicht zugestellt",
        f"{formats.number(mails.dropped)} verworfen oder verfallen",
    ]
    after = " (der dann geltende Zustand wird nachgeholt)" if mails.dropped else ""
    return f"E-Mails an Abonnenten in 24 Stunden: {', '.join(parts)}{after}."


def deliveries(found: Overview) -> Component:
    """List deliveries, newest message first, each with its attempts."""
    hint = ACCEPTED_MEANS
    if not found.messages:
        sentence = html.P(NOTHING_SENT, className="panel__sentence")
        return panel("Zustellungen", sentence, hint=hint)
    columns = [
        Column("Zeit"),
        Column("Meldung", label="Meldung", card="wide"),
        Column("Gruppe", label="Gruppe"),
        Column("Empfänger", label="Empfänger"),
        Column("Stand", label="Stand"),
        Column("Versuche", label="Versuche", card="wide"),
    ]
    rows = [row for message in found.messages for row in _rows(message, found)]
    table = data_table("Die neuesten Meldungen", columns, rows, variant="dense cards")
    return panel("Zustellungen", table, hint=hint)


def _rows(message: MessageView, found: Overview) -> list[Row]:
    row = message.row
    kind = words.KIND_WORDS.get(row.kind, row.kind)
    title: list[Component | str] = [html.Span(row.title), html.Br(), html.Small(kind)]
    if row.alarm_id:
        only = "nur diese Entwarnung" if row.kind == Kind.CLEAR else "nur dieser Alarm"
        link = page_link(only, urls.deliveries_url(row.alarm_id))
        title += [" · ", html.Small(link)]
    group = row.recipients or formats.MISSING
    if row.stands_in_for:
        group = f"{group} (vertritt {row.stands_in_for})"
    time = formats.stamp(row.created_at)
    if not message.deliveries:
        badge = state_badge(State.ALARM, "niemand in der Gruppe")
        return [
            Row((time, title, group, formats.MISSING, badge, formats.MISSING), State.ALARM.value)
        ]
    return [_row(view, (time, title, group), found) for view in message.deliveries]


def _row(
    view: DeliveryView,
    cells: tuple[str, list[Component | str], str],
    found: Overview,
) -> Row:
    state = view.row.state
    colour = words.STATE_COLOURS.get(state, State.UNBEKANNT)
    badge = state_badge(colour, words.STATE_WORDS.get(state, state))
    return Row((*cells, view.name or words.DELETED, badge, _attempts(view, found)), colour.value)


def _attempts(view: DeliveryView, found: Overview) -> Component:
    if not view.attempts:
        return html.Span("noch keiner")
    names = found.channel_names
    items = [
        html.Li(
            [
                f"{formats.stamp(item.started_at)}, {names.get(item.channel, item.channel)}: ",
                html.Strong(words.OUTCOME_WORDS.get(item.outcome, item.outcome)),
                " (mögliche Wiederholung)" if item.is_repeat else "",
                f". Antwort: {item.answer}" if item.answer else "",
                *_digest(item.digest_id, found.digests),
            ]
        )
        for item in view.attempts
    ]
    count = "1 Versuch" if len(items) == 1 else f"{len(items)} Versuche"
    last = found.digests.get(view.attempts[-1].digest_id or 0)
    carried = "" if last is None else f", Sammelmeldung {last.number}"
    return disclosure(f"{count}{carried}", html.Ol(items))


def _digest(number: int | None, known: Mapping[int, DigestView]) -> list[Component | str]:
    """Say which message carried an alarm that was told together with others."""
    digest = known.get(number or 0)
    if digest is None:
        return []
    listed = html.Ul([html.Li(title) for title in digest.titles])
    words = f"Sammelmeldung {digest.number}: {len(digest.titles)} Alarme in einer Meldung"
    return [html.Br(), words, listed]


def channels(found: Overview) -> Component:
    """Show how each channel did lately."""
    if not found.channels:
        sentence = "Kein Meldeweg ist eingerichtet (COCKPIT_CHANNELS_FILE)."
        return panel("Meldewege", html.P(sentence, className="panel__sentence"))
    columns = [
        Column("Meldeweg"),
        Column("zuletzt angenommen", label="zuletzt angenommen"),
        Column("zuletzt gestört", label="zuletzt gestört"),
        Column("Stand", label="Stand"),
    ]
    table = data_table(
        "Zustand der Meldewege", columns, [_channel(row) for row in found.channels], variant="cards"
    )
    return panel("Meldewege", table)


def _channel(row: ChannelView) -> Row:
    ok, fault = row.last_ok_at, row.last_fault_at
    if ok is None and fault is None:
        badge = state_badge(State.UNBEKANNT, "noch nicht benutzt")
    elif fault is not None and (ok is None or fault > ok):
        badge = state_badge(State.ALARM, "gestört")
    else:
        badge = state_badge(State.OK, "arbeitet")
    said = f" {row.fault}" if row.fault else ""
    stamps = [formats.MISSING if at is None else formats.stamp(at) for at in (ok, fault)]
    return Row((row.name, stamps[0], f"{stamps[1]}{said}", badge))
