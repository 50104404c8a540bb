"""One line that says whether anybody would be told, the same wherever it stands."""

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.links import page_link
from components.panel import notice
from services.notifications.overview import NotifyState

CALL = "Bitte anrufen."


def notification_line(state: NotifyState) -> Component:
    """Say what hinders messages, else that none does; the page of messages is one step away."""
    found = faults(state)
    link = page_link("Meldungen ansehen", urls.DELIVERIES)
    if found:
        return notice(html.P([" ".join(found), " ", link]), "warn")
    words = (
        "Meldungen gehen nur in das Übungspostfach. "
        if state.is_drill
        else f"{_people(state.reachable)} erreichbar. "
    )
    return html.P([words, proven(state), " ", link], className="intro__meta")


def faults(state: NotifyState) -> list[str]:
    """Return what hinders messages, as sentences, the gravest first."""
    found = []
    if not state.is_drill and not state.channels:
        found.append(f"Kein Meldeweg eingerichtet: niemand wird benachrichtigt. {CALL}")
    elif not state.is_drill and not state.reachable:
        found.append(f"Keine Empfänger eingetragen: niemand wird benachrichtigt. {CALL}")
    elif state.is_sender_silent:
        found.append(f"Der Versand läuft nicht: niemand wird benachrichtigt. {CALL}")
    if state.dropped:
        found.append(f"Postausgang voll: {_messages(state.dropped)} verworfen.")
    if state.failed:
        found.append(f"{_messages(state.failed)} nicht zugestellt. {CALL}")
    if state.unheard and state.reachable:
        found.append(f"{_messages(state.unheard)} ohne Empfänger: Gruppen prüfen.")
    if state.is_beat_overdue:
        found.append(f"{proven(state)} Die Meldekette ist überfällig.")
    return found


def proven(state: NotifyState) -> str:
    """Say when the way from a sensor to a delivered message was last proven."""
    if state.last_proven_at is None:
        return "Die Meldekette ist noch nicht geprüft."
    age = formats.age(formats.minutes_between(state.last_proven_at, state.now))
    return f"Meldekette zuletzt {age} bewiesen."


def _messages(count: int) -> str:
    return "1 Meldung" if count == 1 else f"{formats.number(count)} Meldungen"


def _people(count: int) -> str:
    return "1 Empfänger" if count == 1 else f"{formats.number(count)} Empfänger"
