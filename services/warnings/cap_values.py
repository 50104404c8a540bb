"""What the elements of a CAP message may hold: enumerations, times, names, references, areas."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[-+]\d{2}:\d{2}")
NAME = re.compile(r"[^\s,<&]+")
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
LEAST_CORNERS = 4
"""Pairs of a polygon, the last of which is the first."""
LAT_MAX, LON_MAX = 90.0, 180.0
REFERENCE_PARTS = 3
"""Sender, identifier and sent."""
MAY_BE_EMPTY = frozenset({"value"})
ENUMERATIONS: Mapping[str, frozenset[str]] = {
    "status": frozenset({"Actual", "Exercise", "System", "Test", "Draft"}),
    "msgType": frozenset({"Alert", "Update", "Cancel", "Ack", "Error"}),
    "scope": frozenset({"Public", "Restricted", "Private"}),
    "category": frozenset(
        {"Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport",
         "Infra", "CBRNE", "Other"}
    ),
    "responseType": frozenset(
        {"Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear",
         "None"}
    ),
    "urgency": frozenset({"Immediate", "Expected", "Future", "Past", "Unknown"}),
    "severity": frozenset({"Extreme", "Severe", "Moderate", "Minor", "Unknown"}),
    "certainty": frozenset({"Observed", "Likely", "Possible", "Unlikely", "Unknown"}),
}  # fmt: skip


def value_faults(tag: str, text: str) -> Iterator[str]:
    """Return what is wrong with the content of an element."""
    if not text:
        if tag not in MAY_BE_EMPTY:
            yield f"{tag} ist leer"
    elif tag in ENUMERATIONS:
        if text not in ENUMERATIONS[tag]:
            yield f"{tag}: „{text[:40]}“ ist keiner der erlaubten Werte"
    elif tag in _CHECKS:
        yield from _CHECKS[tag](tag, text)


def _time_faults(tag: str, text: str) -> Iterator[str]:
    if instant(text) is None:
        yield f"{tag}: „{text[:40]}“ ist keine Zeit mit Versatz wie 2026-03-10T12:00:00-00:00"


def _name_faults(tag: str, text: str) -> Iterator[str]:
    if not NAME.fullmatch(text):
        yield f"{tag} enthält Leerzeichen, Komma, < oder &"


def _language_faults(tag: str, text: str) -> Iterator[str]:
    if not LANGUAGE.fullmatch(text):
        yield f"{tag}: „{text[:40]}“ ist keine Sprache nach RFC 3066"


def _reference_faults(_tag: str, text: str) -> Iterator[str]:
    for part in text.split():
        pieces = part.split(",")
        is_whole = len(pieces) == REFERENCE_PARTS and all(pieces[:2])
        if not is_whole or instant(pieces[-1]) is None:
            yield f"references: „{part[:60]}“ hat nicht die Form Absender,Kennung,Zeit"


def _polygon_faults(_tag: str, text: str) -> Iterator[str]:
    pairs = text.split()
    points = [point(pair) for pair in pairs]
    if len(pairs) < LEAST_CORNERS:
        yield f"polygon: {len(pairs)} Punkte, nötig sind mindestens {LEAST_CORNERS}"
    if any(each is None for each in points):
        yield "polygon: ein Punkt ist kein „Breite,Länge“ in Grad (WGS 84)"
    elif points and points[0] != points[-1]:
        yield "polygon ist nicht geschlossen: der letzte Punkt muss der erste sein"


def _circle_faults(_tag: str, text: str) -> Iterator[str]:
    centre, _, radius = text.partition(" ")
    try:
        is_possible = float(radius) >= 0.0
    except ValueError:
        is_possible = False
    if point(centre) is None or not is_possible:
        yield "circle hat nicht die Form Breite,Länge Radius (km)"


def point(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude of "lat,lon", None for what is none."""
    lat, comma, lon = text.partition(",")
    try:
        found = (float(lat), float(lon))
    except ValueError:
        return None
    on_earth = -LAT_MAX <= found[0] <= LAT_MAX and -LON_MAX <= found[1] <= LON_MAX
    return found if comma and on_earth else None


def instant(text: str) -> datetime | None:
    """Return the instant of a CAP time, None where it is none."""
    if not TIME.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


_CHECKS: Mapping[str, Callable[[str, str], Iterator[str]]] = {
    **dict.fromkeys(("sent", "effective", "onset", "expires"), _time_faults),
    **dict.fromkeys(("identifier", "sender"), _name_faults),
    "language": _language_faults,
    "references": _reference_faults,
    "polygon": _polygon_faults,
    "circle": _circle_faults,
}
