"""German words for what /daten/quellen counts: reasons of rejection, severities of CAP."""

REASONS = {
    "bad_json": "kein gültiges JSON",
    "not_finite": "NaN oder unendlich statt einer Zahl",
    "bad_envelope": "Hülle der Meldung nicht lesbar",
    "too_large": "Meldung zu groß",
    "simulated": "simulierte Meldung im Echtbetrieb",
    "unknown_source": "unbekannte Quelle",
    "unknown_device": "Gerät oder Entität nicht zugeordnet",
    "no_time": "Zeit fehlt oder hat keine Zeitzone",
    "time_in_future": "Zeit liegt in der Zukunft",
    "time_not_set": "Uhr war nicht gestellt",
    "no_payload": "keine Nutzlast",
    "decoder": "Nutzlast nicht zu entschlüsseln",
    "missing": "Wert fehlt",
    "bad_value": "Wert ist keine Zahl",
    "bad_unit": "Einheit passt nicht",
    "sentinel": "Kennwert für „kein Messwert“",
    "negative": "negativer Wert",
    "out_of_range": "unmöglicher Wert",
    "no_datastream": "Messreihe nicht angelegt",
    "internal": "interner Fehler",
    "store": "von der Datenbank abgewiesen",
}
SEVERITIES = {
    "Minor": "gering",
    "Moderate": "mäßig",
    "Severe": "schwer",
    "Extreme": "extrem",
    "Unknown": "unbekannt",
}
"""Severities of CAP 1.2; services have other words for their own levels, in their headlines."""
