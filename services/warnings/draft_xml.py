"""A draft of a public warning as CAP 1.2; it always says that it is none."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from services.site import SiteInfo
from services.warnings.cap import DRILL, NAMESPACE, cap_time, put
from services.warnings.draft_model import EXERCISE, AreaText, Draft
from services.warnings.model import DISCLAIMER

EVENT = "Hochwasser"


def draft_message(draft: Draft, site: SiteInfo) -> bytes:
    """Return the XML of a draft."""
    alert = Element("alert", {"xmlns": NAMESPACE})
    drill = DRILL if draft.status == EXERCISE else ""
    put(alert, "identifier", draft.key.identifier)
    put(alert, "sender", draft.key.sender)
    put(alert, "sent", cap_time(draft.key.sent_at))
    put(alert, "status", draft.status)
    put(alert, "msgType", draft.msg_type)
    put(alert, "source", "Regionalcockpit")
    put(alert, "scope", "Public")
    put(alert, "note", f"{drill}{DISCLAIMER}")
    if draft.refers_to:
        named = [
            f"{key.sender},{key.identifier},{cap_time(key.sent_at)}" for key in draft.refers_to
        ]
        put(alert, "references", " ".join(named))
    _info(SubElement(alert, "info"), draft, site)
    indent(alert)
    written: bytes = tostring(alert, encoding="utf-8", xml_declaration=True)
    return written


def _info(info: Element, draft: Draft, site: SiteInfo) -> None:
    text = draft.text
    drill = DRILL if draft.status == EXERCISE else ""
    put(info, "language", "de-DE")
    put(info, "category", "Met")
    put(info, "event", EVENT)
    put(info, "responseType", text.response)
    put(info, "urgency", text.urgency)
    put(info, "severity", text.severity)
    put(info, "certainty", text.certainty)
    put(info, "effective", cap_time(draft.key.sent_at))
    if text.onset_at is not None:
        put(info, "onset", cap_time(text.onset_at))
    put(info, "expires", cap_time(draft.expires_at))
    put(info, "senderName", site.operator)
    put(info, "headline", one_line(f"{drill}{text.headline}"))
    put(info, "description", one_line(text.description))
    put(info, "instruction", one_line(f"{text.instruction} {DISCLAIMER}"))
    if site.official_url:
        put(info, "web", site.official_url)
    if text.run_id:
        _pair(info, "parameter", "run_id", text.run_id)
    for area in text.areas:
        _area(SubElement(info, "area"), area)


def one_line(text: str) -> str:
    """Return a text without line breaks: receivers show them or not, words must not stick."""
    return " ".join(text.split())


def _area(parent: Element, area: AreaText) -> None:
    put(parent, "areaDesc", area.name)
    if area.polygon:
        put(parent, "polygon", " ".join(f"{lat:.5f},{lon:.5f}" for lat, lon in area.polygon))
    if area.point is not None:
        put(parent, "circle", f"{area.point[0]:.5f},{area.point[1]:.5f} 0")
    for name, value in area.codes:
        _pair(parent, "geocode", name, value)


def _pair(parent: Element, tag: str, name: str, value: str) -> None:
    pair = SubElement(parent, tag)
    put(pair, "valueName", name)
    put(pair, "value", value)
