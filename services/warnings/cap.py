"""A warning as CAP 1.2 (OASIS, 2010), always with status Draft: nobody may take it for official."""

from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from services.flood.model import State
from services.warnings.model import DISCLAIMER, CapReference, VillageWarning, WarningSet

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
MEDIA_TYPE = "application/cap+xml"
SEVERITY = {State.VORALARM: "Minor", State.WARNUNG: "Moderate", State.ALARM: "Severe"}
RESPONSE = {State.VORALARM: "Monitor", State.WARNUNG: "Prepare", State.ALARM: "Shelter"}
WORDS = {State.VORALARM: "Voralarm", State.WARNUNG: "Warnung", State.ALARM: "Alarm"}
VALID_FOR = timedelta(hours=1)
"""How long a draft holds after its run without a newer one (estimate)."""
DRILL = "ÜBUNG. "
"""Begins the headline of what nobody has measured, also in a copy of the file alone."""
SOON = timedelta(hours=1)
"""CAP: Immediate is now, Expected is within the next hour; Future is later."""


def cap_time(instant: datetime) -> str:
    """Return an instant as CAP demands it: whole seconds, UTC as -00:00, never Z."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%S}-00:00"


def cap_message(every: WarningSet, warning: VillageWarning) -> bytes:
    """Return the XML of a warning."""
    alert = Element("alert", {"xmlns": NAMESPACE})
    put(alert, "identifier", warning.key.identifier)
    put(alert, "sender", warning.key.sender)
    put(alert, "sent", cap_time(warning.key.sent_at))
    put(alert, "status", "Draft")
    put(alert, "msgType", "Update" if warning.replaces else "Alert")
    put(alert, "source", f"Regionalcockpit, Lauf {warning.run_id}")
    put(alert, "scope", "Public")
    simulated = f"{DRILL}Simulation, keine Messung. " if every.is_simulated else ""
    put(alert, "note", f"{simulated}{DISCLAIMER}")
    if warning.replaces:
        put(alert, "references", _reference(warning.replaces))
    _info(SubElement(alert, "info"), every, warning)
    indent(alert)
    written: bytes = tostring(alert, encoding="utf-8", xml_declaration=True)
    return written


def _info(info: Element, every: WarningSet, warning: VillageWarning) -> None:
    put(info, "language", "de-DE")
    put(info, "category", "Met")
    put(info, "event", f"Hochwasser: {WORDS[warning.state]}")
    put(info, "responseType", RESPONSE[warning.state])
    put(info, "urgency", _urgency(every, warning))
    put(info, "severity", SEVERITY[warning.state])
    put(info, "certainty", _certainty(warning))
    put(info, "effective", cap_time(warning.since))
    if warning.likely:
        put(info, "onset", cap_time(warning.likely))
    put(info, "expires", cap_time(warning.run_at + VALID_FOR))
    put(info, "senderName", every.operator)
    drill = DRILL if every.is_simulated else ""
    put(info, "headline", f"{drill}{WORDS[warning.state]} {warning.name} ({warning.river})")
    put(info, "description", warning.sentence)
    put(info, "instruction", f"{DISCLAIMER} Amtlich: {every.official_name}.")
    if every.official_url:
        put(info, "web", every.official_url)
    for name, value in _parameters(warning):
        parameter = SubElement(info, "parameter")
        put(parameter, "valueName", name)
        put(parameter, "value", value)
    area = SubElement(info, "area")
    put(area, "areaDesc", f"{warning.name} am Gewässer {warning.river}")
    put(area, "circle", f"{warning.lat:.5f},{warning.lon:.5f} 0")
    code = SubElement(area, "geocode")
    put(code, "valueName", "AGS")
    put(code, "value", warning.ags)


def _parameters(warning: VillageWarning) -> list[tuple[str, str]]:
    times = (("p10", warning.earliest), ("p50", warning.likely), ("p90", warning.latest))
    found = [(name, cap_time(at)) for name, at in times if at is not None]
    if warning.usable_p10_min is not None:
        found.append(("usable_p10_min", f"{warning.usable_p10_min:.0f}"))
    return [*found, ("run_id", warning.run_id), ("confidence", warning.confidence)]


def _urgency(every: WarningSet, warning: VillageWarning) -> str:
    if warning.earliest is None:
        return "Unknown"
    left = warning.earliest - every.at
    if left <= timedelta(0):
        return "Immediate"
    return "Expected" if left <= SOON else "Future"


def _certainty(warning: VillageWarning) -> str:
    """Return Likely where the median arrives (more than half of the members), else Possible.

    Never Observed: nobody has looked at the place.
    """
    return "Likely" if warning.likely is not None and not warning.is_held else "Possible"


def _reference(key: CapReference) -> str:
    return f"{key.sender},{key.identifier},{cap_time(key.sent_at)}"


def put(parent: Element, name: str, text: str) -> None:
    """Add an element; signs that XML cannot carry are left out."""
    SubElement(parent, name).text = "".join(sign for sign in text if sign.isprintable())
