"""Words and figures of the quality page: scores with intervals the German way."""

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
    "strecke": "Strecke / Geschwindigkeit",
    "beharrung": "Es bleibt, wie es ist",
    "anstieg": "Anstieg fortgeschrieben",
}
TEN: Final = 10


def share(score: Mapping[str, Any]) -> str:
    """Write a share in percent with its 90 % interval; with few events the interval alone."""
    return _scored(score, 100.0, f"{formats.NBSP}%")


def minutes(score: Mapping[str, Any]) -> str:
    """Write minutes with their 90 % interval; with few events the interval alone."""
    return _scored(score, 1.0, f"{formats.NBSP}Min.")


def _scored(score: Mapping[str, Any], factor: float, unit: str) -> str:
    if score["low"] is None:
        return formats.MISSING
    low, high = (formats.number(score[end] * factor) for end in ("low", "high"))
    if score["value"] is None:
        return f"{low} bis {high}{unit}"
    return f"{formats.number(score['value'] * factor)}{unit} ({low} bis {high})"


def sentence(report: Mapping[str, Any]) -> str:
    """Say in one sentence what a mayor wants to know; intervals where events are few."""
    table = report["warnings"]["moeglich"]["alarm"]
    hour = table["leads"]["60"]
    if not table["reached"]:
        return "In den simulierten Ereignissen kam an diesen Orten keine Überflutung vor."
    told = _of_ten(hour["pod"])
    false = _of_ten(hour["far"])
    return (
        f"Von 10 Überflutungen meldet das Modell {told} mindestens 60 Minuten vorher, "
        f"wo die Laufzeit das zulässt; von 10 Alarmen bleiben {false} ohne Überflutung."
    )


def _of_ten(score: Mapping[str, Any]) -> str:
    if score["low"] is None:
        return "keine"
    low, high = (formats.number(score[end] * TEN) for end in ("low", "high"))
    if score["value"] is None:
        return low if low == high else f"{low} bis {high}"
    return f"etwa {formats.number(score['value'] * TEN)}"
