"""Warnings as an Atom feed (RFC 4287), an entry for each change of state."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from services.api_views.instants import text_of
from services.warnings.cap import MEDIA_TYPE, WORDS
from services.warnings.model import DISCLAIMER, VillageWarning, WarningSet

NAMESPACE = "http://www.w3.org/2005/Atom"
ATOM = "application/atom+xml"


def atom_feed(every: WarningSet, address: str) -> bytes:
    """Return the feed; `address` is that of the API."""
    feed = Element("feed", {"xmlns": NAMESPACE, "xml:lang": "de"})
    mark = " (Simulation)" if every.is_simulated else ""
    _put(feed, "id", f"{address}/warnings.atom")
    _put(feed, "title", f"Warnentwürfe des Regionalcockpits{mark}")
    _put(feed, "subtitle", DISCLAIMER)
    _put(feed, "updated", text_of(every.run_at or every.at))
    _put(SubElement(feed, "author"), "name", every.operator)
    SubElement(feed, "link", {"rel": "self", "href": f"{address}/warnings.atom", "type": ATOM})
    for warning in every.warnings:
        _entry(SubElement(feed, "entry"), warning, address, mark)
    indent(feed)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(entry: Element, warning: VillageWarning, address: str, mark: str) -> None:
    _put(entry, "id", f"urn:cap:{warning.key.sender}:{warning.key.identifier}")
    _put(entry, "title", f"{WORDS[warning.state]} {warning.name} ({warning.river}){mark}")
    _put(entry, "updated", text_of(warning.since))
    _put(entry, "summary", warning.sentence)
    href = f"{address}/warnings/{warning.place_id}/{warning.river_id}.cap.xml"
    SubElement(entry, "link", {"rel": "alternate", "href": href, "type": MEDIA_TYPE})


def _put(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = "".join(sign for sign in text if sign.isprintable())
