"""Words and shapes of deliveries and attempts."""

from collections.abc import Mapping

from services.flood.model import State

STATE_WORDS: Mapping[str, str] = {
    "waiting": "wartet",
    "sending": "wird übergeben",
    "delivered": "angenommen",
    "failed": "nicht zugestellt",
    "expired": "verfallen",
    "dropped": "verworfen: Postausgang voll",
    "obsolete": "nicht mehr nötig",
    "removed": "Empfänger gelöscht",
}
STATE_COLOURS: Mapping[str, State] = {
    "waiting": State.VORALARM,
    "sending": State.VORALARM,
    "delivered": State.OK,
    "failed": State.ALARM,
    "expired": State.WARNUNG,
    "dropped": State.ALARM,
}
"""What is in neither list of colours is of no concern any more."""
OUTCOME_WORDS: Mapping[str, str] = {
    "started": "läuft",
    "accepted": "angenommen",
    "refused": "abgelehnt",
    "temporary": "nicht angenommen",
    "timeout": "ohne Antwort, ungewiss",
    "unknown": "ungewiss",
}
KIND_WORDS: Mapping[str, str] = {
    "call": "Alarm",
    "end": "Ende der Bedingung",
    "clear": "Entwarnung",
    "test": "Probe",
    "beat": "Herzschlag",
}
DELETED = "gelöschter Empfänger"
BOX_WORDS = "Übungspostfach"
