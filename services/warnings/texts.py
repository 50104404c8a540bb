"""German text blocks for a warning: headline, what happens, what to do; and the all-clear.

The operators of the official system copy them; the bounds are those of its fields.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.flood.model import State
from services.warnings.cap import SOON
from services.warnings.draft_model import DraftText
from services.warnings.model import VillageWarning

HEADLINE_MAX = 160
"""CAP 1.2 names 160 characters as a useful target for the headline."""
DESCRIPTION_MAX, INSTRUCTION_MAX = 1500, 1000
"""Longer texts are cut or not read on a telephone (estimate)."""
LEAST_LETTERS = 10
HOURS, HOURS_MAX = 3.0, 24.0
"""How long a draft holds without an update (estimate), and at most."""
ORDER = (State.VORALARM, State.WARNUNG, State.ALARM)
HEADS: Mapping[State, str] = {
    State.VORALARM: "Wasser steigt",
    State.WARNUNG: "Hochwasser erwartet",
    State.ALARM: "Gefahr durch Hochwasser",
}
SEVERITY_WORDS = {
    "Extreme": "außergewöhnlich", "Severe": "schwer", "Moderate": "mäßig", "Minor": "gering",
    "Unknown": "unbekannt",
}  # fmt: skip
URGENCY_WORDS = {
    "Immediate": "sofort", "Expected": "binnen einer Stunde", "Future": "später",
    "Past": "vorbei", "Unknown": "unbekannt",
}  # fmt: skip
CERTAINTY_WORDS = {
    "Observed": "beobachtet", "Likely": "wahrscheinlich (über 50 %)", "Possible": "möglich",
    "Unlikely": "unwahrscheinlich", "Unknown": "unbekannt",
}  # fmt: skip
DO = {
    State.VORALARM: (
        "Beobachten Sie den Wasserstand. Halten Sie sich von Bach und Ufer fern. Prüfen Sie, was im"
        " Keller hochgestellt werden muss."
    ),
    State.WARNUNG: (
        "Bringen Sie sich und andere nicht in Gefahr: Keller und Tiefgaragen nicht mehr betreten,"
        " Fahrzeuge aus dem Uferbereich fahren, Ufer und überflutete Straßen meiden. Informieren"
        " Sie Ihre Nachbarn. Folgen Sie den Anweisungen der Einsatzkräfte."
    ),
    State.ALARM: (
        "Bringen Sie sich sofort in höher gelegene Stockwerke oder auf höheres Gelände. Betreten"
        " Sie keine Keller und Tiefgaragen. Durchfahren Sie keine überfluteten Straßen. Helfen Sie"
        " Nachbarn, wenn es ohne Gefahr geht. Folgen Sie den Anweisungen der Einsatzkräfte. Notruf"
        " 112 nur im Notfall."
    ),
}
CLEAR_HEAD = "Entwarnung: Hochwasser"
CLEAR = "Die Warnung vor Hochwasser für {names} ist aufgehoben."
NO_RISE = " Mit einem weiteren Anstieg ist nach heutigem Stand nicht zu rechnen."
CLEAR_DO = (
    "Betreten Sie überflutete Keller erst, wenn der Strom abgeschaltet ist. Meiden Sie unterspülte"
    " Ufer und Wege. Achten Sie auf die Hinweise Ihrer Gemeinde."
)


def headline(level: State, names: Sequence[str]) -> str:
    """Write the headline; places that do not fit are counted."""
    head = f"{HEADS[level]}: "
    for shown in range(len(names), 0, -1):
        rest = len(names) - shown
        words = ", ".join(names[:shown]) + (f" und {rest} weitere Orte" if rest else "")
        if len(head + words) <= HEADLINE_MAX:
            return head + words
    return f"{head}{len(names)} Orte"


def description(warnings: Sequence[VillageWarning], zone: ZoneInfo, now: datetime) -> str:
    """Write what is expected where and when as seen now, as far as it fits."""
    lines: list[str] = []
    for warning in warnings:
        line = f"{warning.name} ({warning.river}): {_when(warning, zone, now)}"
        if len(" ".join([*lines, line])) > DESCRIPTION_MAX - 200:
            lines.append("Für weitere Orte gilt Ähnliches.")
            break
        lines.append(line)
    basis = "Die Zeiten sind Schätzungen aus Messwerten und können sich ändern."
    return " ".join([*lines, basis])


def _when(warning: VillageWarning, zone: ZoneInfo, now: datetime) -> str:
    if warning.earliest is None:
        return "Zeitpunkt nicht absehbar."
    if warning.is_reached or warning.earliest <= now:
        return _begun(warning, zone, now)
    first = _clock(warning.earliest, zone)
    if warning.latest is None:
        return f"Hochwasser ab etwa {first} möglich."
    return f"Hochwasser zwischen {first} und {_clock(warning.latest, zone)} erwartet."


def _begun(warning: VillageWarning, zone: ZoneInfo, now: datetime) -> str:
    """Write an arrival whose earliest is past; without an end ahead none is told."""
    if warning.is_reached:
        return "Hochwasser hat den Ort wohl schon erreicht."
    if warning.latest is None or warning.latest <= now:
        return "Hochwasser kann schon da sein."
    return f"Hochwasser kann schon da sein, sonst jederzeit bis {_clock(warning.latest, zone)}."


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%d.%m. %H:%M} Uhr"


def urgency(earliest: datetime | None, now: datetime) -> str:
    """Return how soon the first place is reached."""
    if earliest is None:
        return "Unknown"
    if earliest <= now:
        return "Immediate"
    return "Expected" if earliest - now <= SOON else "Future"


def hours(onset: datetime | None, now: datetime) -> float:
    """Return how long a draft holds: the usual time, and an hour beyond what it announces."""
    if onset is None:
        return HOURS
    ahead = math.ceil((onset - now) / timedelta(hours=1)) + 1.0
    return min(max(HOURS, ahead), HOURS_MAX)


def without_outlook(clear: DraftText) -> DraftText:
    """Return an all-clear that does not say what the calculation does not say."""
    return replace(clear, description=clear.description.replace(NO_RISE, ""))


def all_clear(before: DraftText, names: Sequence[str]) -> DraftText:
    """Return the all-clear of a warning."""
    listed = ", ".join(names) or "das Gebiet"
    return DraftText(
        headline=f"{CLEAR_HEAD} {listed}"[:HEADLINE_MAX],
        description=f"{CLEAR.format(names=listed)}{NO_RISE}"[:DESCRIPTION_MAX],
        instruction=CLEAR_DO,
        severity="Minor",
        urgency="Past",
        certainty="Unlikely",
        response="AllClear",
        hours=HOURS,
        onset_at=None,
        areas=before.areas,
        run_id=before.run_id,
    )
