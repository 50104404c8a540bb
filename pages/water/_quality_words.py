"""Words and figures of the quality page: scores with intervals the German way, gaps in words."""

from collections.abc import Mapping
from typing import Any, Final

from components import formats

GROUPS: Final = {
    "alle": "alle Orte unter einem Pegel",
    "moeglich": "Orte, an denen eine Stunde möglich ist",
    "zu_nah": "Orte zu nah am Pegel",
    "zu_wenig_gesehen": "Orte, deren Gebiet die Pegel zu wenig sehen",
}
LEVELS: Final = {"voralarm": "Voralarm", "warnung": "Warnung", "alarm": "Alarm"}
BASELINES: Final = {
    "strecke": "Strecke durch Geschwindigkeit",
    "beharrung": "Es bleibt, wie es ist",
    "anstieg": "Anstieg fortgeschrieben",
}
TEN: Final = 10
PERCENT: Final = 100.0
NOT_SCORED: Final = "nicht ausgewertet"
"""What a figure that the stored result does not hold reads as: never nought, never a gap."""
NO_CASE: Final = "kein Fall"

Score = Mapping[str, Any]


def at(report: object, *way: str) -> Any:  # noqa: ANN401 - stored results are plain JSON values
    """Return what stands at the end of a way of keys, None where the result has no such key."""
    found = report
    for key in way:
        if not isinstance(found, Mapping) or key not in found:
            return None
        found = found[key]
    return found


def rows_of(report: object, *way: str) -> list[Mapping[str, Any]]:
    """Return a list of entries, an empty one where the result has no such key."""
    return list(at(report, *way) or [])


def count(report: object, *way: str) -> str:
    """Write a number of cases."""
    found = at(report, *way)
    return NOT_SCORED if found is None else formats.number(found)


def share(score: Score | None) -> str:
    """Write a share in percent with its 90 % interval; with few events the interval alone."""
    return _scored(score, PERCENT, f"{formats.NBSP}%")


def minutes(score: Score | None) -> str:
    """Write minutes with their 90 % interval; with few events the interval alone."""
    return _scored(score, 1.0, f"{formats.NBSP}Min.")


def _scored(score: Score | None, factor: float, unit: str) -> str:
    if at(score, "low") is None or at(score, "high") is None:
        return NO_CASE if at(score, "events") is not None else NOT_SCORED
    low, high = (formats.number(at(score, end) * factor) for end in ("low", "high"))
    if at(score, "value") is None:
        return f"{low} bis {high}{unit}"
    return f"{formats.number(at(score, 'value') * factor)}{unit} ({low} bis {high})"


def sentence(report: Mapping[str, Any]) -> str:
    """Say in one sentence what a mayor wants to know; intervals where events are few.

    An alarm without a flood is counted among all alarms that stood when the flood came or never
    came: one that came late is no false alarm.
    """
    table = at(report, "warnings", "moeglich", "alarm")
    if not at(table, "reached"):
        if table is None:
            return f"Wie oft rechtzeitig gewarnt wird, ist {NOT_SCORED}."
        return "In den simulierten Ereignissen kam an diesen Orten keine Überflutung vor."
    told = _of_ten(at(table, "leads", "60", "pod"))
    false = _of_ten(at(table, "leads", "0", "far"))
    return (
        f"Von 10 Überflutungen meldet das Modell {told} mindestens 60 Minuten vorher, "
        f"wo die Laufzeit das zulässt; von 10 Alarmen bleiben {false} ohne Überflutung."
    )


def _of_ten(score: Score | None) -> str:
    if at(score, "low") is None:
        return NO_CASE if at(score, "events") is not None else NOT_SCORED
    low, high = (formats.number(at(score, end) * TEN) for end in ("low", "high"))
    span = low if low == high else f"{low} bis {high}"
    if at(score, "value") is None:
        return span
    return f"etwa {formats.number(at(score, 'value') * TEN)} ({span})"


def outdated_words(difference: str) -> tuple[str, str]:
    """Return what differs in words, and what names it exactly."""
    if difference.startswith("Konfiguration "):
        return "die Angaben zur Region (Pegel, Stufen, Strecken) sind seitdem andere", difference
    return difference, ""
