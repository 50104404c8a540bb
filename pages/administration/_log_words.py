"""What stands in the audit log, in words: each action, and what it was done to."""

import re
from collections.abc import Mapping

from dash import html

from components.content import Content

ACTION_WORDS: Mapping[str, str] = {
    "account-add": "Konto angelegt",
    "account-close": "Konto geschlossen",
    "account-external": "Konto vom Anmeldedienst angelegt",
    "account-open": "Konto geöffnet",
    "account-remove": "Konto gelöscht",
    "account-reset": "neues erstes Passwort vergeben",
    "account-role": "Rolle geändert",
    "alarm-acknowledged": "Alarm quittiert",
    "alarm-assigned": "Alarm zugewiesen",
    "alarm-closed": "Alarm geschlossen",
    "alarm-comment": "Bemerkung zu einem Alarm",
    "alarm-outcome": "Ausgang eines Alarms beurteilt",
    "all-clear": "Entwarnung gegeben",
    "device-add": "Gerät in Betrieb genommen",
    "device-catch-up": "Meldungen nachgeholt",
    "device-note": "Wartung eingetragen",
    "device-remove": "Gerät außer Betrieb genommen",
    "drill-asked": "Übung angefordert",
    "drill-ended": "Übung beendet",
    "drill-inject-bemerkung": "Übung: Bemerkung notiert",
    "drill-inject-falsch": "Übung: falschen Wasserstand eingespielt",
    "drill-inject-spricht": "Übung: Pegel wieder melden lassen",
    "drill-inject-still": "Übung: Pegel verstummen lassen",
    "drill-jump": "Zeit der Übung versetzt",
    "drill-pause": "Übung angehalten",
    "drill-restart": "Übung neu begonnen",
    "drill-resume": "Übung fortgesetzt",
    "drill-speed": "Zeitraffer der Übung geändert",
    "duty-note": "Notiz zum Dienst geschrieben",
    "duty-note-withdraw": "Notiz zum Dienst zurückgezogen",
    "impact-added": "Wirkung eingetragen",
    "impact-changed": "Wirkung geändert",
    "impact-removed": "Wirkung aus der Liste genommen",
    "import boundaries": "Grenzen eingelesen",
    "import-table": "Tabelle übernommen",
    "lag-accept": "Laufzeit angenommen",
    "lag-reject": "Laufzeit abgelehnt",
    "manual-reading": "Ablesung eingetragen",
    "manual-reading-withdraw": "Ablesung zurückgezogen",
    "outage-end": "wieder in Betrieb genommen",
    "outage-plan": "außer Betrieb genommen",
    "password-change": "eigenes Passwort geändert",
    "plan-ende": "Stufe des Alarmplans abgeschlossen",
    "plan-schritt": "Maßnahme des Alarmplans geändert",
    "plan-start": "Stufe des Alarmplans gestartet",
    "quality-flag": "Zeitraum gekennzeichnet",
    "quality-reprocess": "Messwerte neu geprüft",
    "recipient-active": "Empfänger pausiert oder gerufen",
    "recipient-add": "Empfänger eingetragen",
    "recipient-change": "Empfänger geändert",
    "recipient-confirm": "Adressen bestätigt",
    "recipient-export": "Empfängerliste ausgegeben",
    "recipient-import": "Empfängerliste eingelesen",
    "recipient-remove": "Empfänger gelöscht",
    "recipient-test": "Probemeldung gesendet",
    "rota-exception": "Vertretung eingetragen",
    "rota-week": "Dienstwoche geändert",
    "second-factor": "zweiten Faktor eingerichtet",
    "sign-in": "angemeldet",
    "sign-in-locked": "Anmeldung nach falschen Versuchen gesperrt",
    "sign-in-refused": "Anmeldung abgewiesen",
    "sign-in-wall": "Wandanzeige angemeldet",
    "sign-out": "abgemeldet",
    "subscription-confirm": "Abonnement bestätigt",
    "subscription-remove": "Abonnement gelöscht",
    "subscription-request": "Abonnement angefragt",
    "tagebuch-berichtigung": "Berichtigung im Tagebuch",
    "tagebuch-eintrag": "Eintrag im Tagebuch",
    "tagebuch-uebergabe": "Übergabe geschrieben",
    "tagebuch-uebernahme": "Übergabe übernommen",
    "threshold-approve": "Schwellenwerte freigegeben",
    "threshold-propose": "Schwellenwerte vorgeschlagen",
    "threshold-reject": "Schwellenwerte abgelehnt",
    "threshold-withdraw": "Vorschlag zu Schwellenwerten zurückgezogen",
    "warning-alert": "Warnentwurf begonnen",
    "warning-cancel": "Entwarnung entworfen",
    "warning-update": "Warnentwurf fortgeschrieben",
    "what-if": "Was wäre wenn berechnet",
}
"""What each action of the log means; a contract test finds those that the source writes."""
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SHORT = 8
"""Digits shown of a UUID: enough to tell entries of one page apart (estimate)."""


def action(key: str) -> str:
    """Say what was done; an action of an older or newer version stands there by its key."""
    return ACTION_WORDS.get(key, key)


def target(text: str) -> Content:
    """Show what it was done to; of a UUID the beginning, the whole of it in the title."""
    return html.Span(f"{text[:SHORT]}…", title=text) if UUID.fullmatch(text) else text
