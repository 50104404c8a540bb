"""The word of each state, the same on screens, in the journal and in files."""

from collections.abc import Mapping

from services.flood.model import State

STATE_WORDS: Mapping[State, str] = {
    State.OK: "Ruhig",
    State.VORALARM: "Voralarm",
    State.WARNUNG: "Warnung",
    State.ALARM: "Alarm",
    State.UNBEKANNT: "Keine Daten",
}
