"""German words of alarms, the same on screens and in messages."""

from collections.abc import Mapping

from services.alarms.model import Evacuation, Outcome, Rule, Severity

SEVERITY_WORDS: Mapping[Severity, str] = {
    Severity.HINWEIS: "Hinweis",
    Severity.VORALARM: "Voralarm",
    Severity.WARNUNG: "Warnung",
    Severity.ALARM: "Alarm",
}
RULE_WORDS: Mapping[Rule, str] = {
    Rule.LEVEL: "Hochwasser",
    Rule.RISE: "Schneller Anstieg",
    Rule.SILENT: "Pegel meldet nicht",
    Rule.LOST_RISING: "Messausfall bei steigendem Pegel",
    Rule.DEVICE: "Gerät meldet nicht",
    Rule.BATTERY: "Batterie schwach",
    Rule.STANDSTILL: "System steht",
    Rule.BACKLOG: "Messwerte stauen sich",
    Rule.DISK: "Platte fast voll",
    Rule.WATCHDOG: "Wächter steht",
    Rule.HEARTBEAT: "Meldekette nicht bewiesen",
    Rule.PAPER: "Notfallliste fehlt oder ist alt",
    Rule.CLOCK: "Uhr des Rechners geht falsch",
}
OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.HIT: "Treffer: es kam so, die Warnung war rechtzeitig",
    Outcome.LATE: "zu spät: es kam so, aber vor der Warnung",
    Outcome.FALSE: "Fehlalarm: es kam nicht",
    Outcome.DRILL: "Übung",
    Outcome.UNCLEAR: "unklar",
    Outcome.MISSED: "verpasst: es kam ohne Alarm",
}
EVACUATION_WORDS: Mapping[Evacuation, str] = {
    Evacuation.UNKNOWN: "nicht bekannt",
    Evacuation.YES: "ja",
    Evacuation.NO: "nein",
}
MISSED_RULE = "verpasst"
"""Rule of a ledger entry about a flood that no alarm was raised for."""
LOG_WORDS: Mapping[str, str] = {
    "opened": "ausgelöst",
    "raised": "gestiegen",
    "ended": "Bedingung beendet",
    "reopened": "erneut ausgelöst",
    "acknowledged": "quittiert",
    "assigned": "übernommen",
    "comment": "Bemerkung",
    "closed": "abgeschlossen",
    "outcome": "Ergebnis",
    "escalated": "gemeldet an",
}


def rule_words(rule: str) -> str:
    """Return the words of a rule, also of an entry that no rule made."""
    return RULE_WORDS[Rule(rule)] if rule in RULE_WORDS else "Verpasstes Ereignis"


def title_of(severity: Severity, rule: str, name: str, *, is_drill: bool) -> str:
    """Return the title of an alarm in a message; a drill says so first."""
    begin = "ÜBUNG – " if is_drill else ""
    return f"{begin}{SEVERITY_WORDS[severity]}: {rule_words(rule)}, {name}"
