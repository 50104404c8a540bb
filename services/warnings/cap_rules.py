"""The rules of CAP 1.2 (OASIS, July 2010) as checks of our own: what is wrong, in German sentences.

Elements and their order, how often each may come, what they hold, and what must fit together. A
message without a fault is valid.
"""

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from services.warnings.cap_values import instant, value_faults

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
_ANY = (0, None)
_ONE, _MAY = (1, 1), (0, 1)
Counts = Mapping[str, tuple[int, int | None]]
ALERT: Counts = {
    "identifier": _ONE, "sender": _ONE, "sent": _ONE, "status": _ONE, "msgType": _ONE,
    "source": _MAY, "scope": _ONE, "restriction": _MAY, "addresses": _MAY, "code": _ANY,
    "note": _MAY, "references": _MAY, "incidents": _MAY, "info": _ANY,
}  # fmt: skip
INFO: Counts = {
    "language": _MAY, "category": (1, None), "event": _ONE, "responseType": _ANY, "urgency": _ONE,
    "severity": _ONE, "certainty": _ONE, "audience": _MAY, "eventCode": _ANY, "effective": _MAY,
    "onset": _MAY, "expires": _MAY, "senderName": _MAY, "headline": _MAY, "description": _MAY,
    "instruction": _MAY, "web": _MAY, "contact": _MAY, "parameter": _ANY, "resource": _ANY,
    "area": _ANY,
}  # fmt: skip
AREA: Counts = {
    "areaDesc": _ONE, "polygon": _ANY, "circle": _ANY, "geocode": _ANY, "altitude": _MAY,
    "ceiling": _MAY,
}  # fmt: skip
PAIR: Counts = {"valueName": _ONE, "value": _ONE}
RESOURCE: Counts = {
    "resourceDesc": _ONE, "mimeType": _ONE, "size": _MAY, "uri": _MAY, "derefUri": _MAY,
    "digest": _MAY,
}  # fmt: skip
BLOCKS: Mapping[str, Counts] = {
    "alert": ALERT, "info": INFO, "area": AREA, "resource": RESOURCE, "parameter": PAIR,
    "eventCode": PAIR, "geocode": PAIR,
}  # fmt: skip
REFERRING = frozenset({"Update", "Cancel", "Ack", "Error"})


def faults(message: bytes) -> tuple[str, ...]:
    """Return what is wrong with a message, nothing for a valid one."""
    try:
        root = fromstring(message)
    except (ParseError, DefusedXmlException, ValueError) as error:
        return (f"kein lesbares XML: {error}",)
    if root.tag != f"{{{NAMESPACE}}}alert":
        return ("das Wurzelelement ist kein alert von CAP 1.2",)
    return (
        *_block(root, "alert"),
        *_type_faults(root),
        *_reference_faults(root),
        *_expiry_faults(root),
    )


def _block(element: Element, name: str) -> Iterator[str]:
    """Check the children of a block, and theirs."""
    tags = [_local(child) for child in element]
    yield from _order_faults(name, tags)
    yield from _count_faults(name, tags)
    for child, tag in zip(element, tags, strict=True):
        if tag in BLOCKS:
            yield from _block(child, tag)
        elif tag in BLOCKS[name]:
            yield from value_faults(tag, (child.text or "").strip())


def _order_faults(name: str, tags: Sequence[str]) -> Iterator[str]:
    order = list(BLOCKS[name])
    for tag in tags:
        if tag not in order:
            yield f"{name}: das Element {tag} gibt es dort nicht"
    known = [order.index(tag) for tag in tags if tag in order]
    if known != sorted(known):
        yield f"{name}: die Reihenfolge der Elemente stimmt nicht"


def _count_faults(name: str, tags: Sequence[str]) -> Iterator[str]:
    for tag, (least, most) in BLOCKS[name].items():
        number = tags.count(tag)
        if number < least:
            yield f"{name}: {tag} fehlt"
        if most is not None and number > most:
            yield f"{name}: {tag} kommt {number}-mal vor, erlaubt ist {most}-mal"


def _type_faults(root: Element) -> Iterator[str]:
    kind, scope = _text(root, "msgType"), _text(root, "scope")
    if kind in REFERRING and not _text(root, "references"):
        yield f"references fehlt: eine Meldung vom Typ {kind} muss sagen, worauf"
    if kind == "Alert" and _text(root, "references"):
        yield "references: eine neue Meldung (Alert) bezieht sich auf keine andere"
    if scope == "Private" and not _text(root, "addresses"):
        yield "addresses fehlt: eine private Meldung braucht Empfänger"
    if scope == "Restricted" and not _text(root, "restriction"):
        yield "restriction fehlt: eine beschränkte Meldung muss sagen, für wen"


def _reference_faults(root: Element) -> Iterator[str]:
    own = [_text(root, "sender"), _text(root, "identifier"), _text(root, "sent")]
    sent = instant(own[2])
    for part in _text(root, "references").split():
        pieces = part.split(",")
        if pieces == own:
            yield "references: die Meldung bezieht sich auf sich selbst"
        at = instant(pieces[-1])
        if at is not None and sent is not None and at > sent:
            yield "references: die frühere Meldung ist später als diese"


def _expiry_faults(root: Element) -> Iterator[str]:
    sent = instant(_text(root, "sent"))
    for info in root.findall(f"{{{NAMESPACE}}}info"):
        expires, onset = instant(_text(info, "expires")), instant(_text(info, "onset"))
        if expires is not None and sent is not None and expires <= sent:
            yield "expires liegt nicht nach sent"
        if expires is not None and onset is not None and expires < onset:
            yield "expires liegt vor onset"


def _text(element: Element, name: str) -> str:
    return (element.findtext(f"{{{NAMESPACE}}}{name}") or "").strip()


def _local(element: Element) -> str:
    space, _, name = element.tag.rpartition("}")
    return name if space == f"{{{NAMESPACE}" else element.tag
