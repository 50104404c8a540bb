"""A CAP 1.2 message (OASIS, 2010) to a typed alert; raises SourceFormatError only.

What names a message is sender, identifier and sent: identifiers alone come again in practice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from services.ingestion.fields import parse_time
from services.sources.errors import SourceFormatError

NAMESPACE = "{urn:oasis:names:tc:emergency:cap:1.2}"
TYPES = frozenset({"Alert", "Update", "Cancel", "Ack", "Error"})
STATUSES = frozenset({"Actual", "Exercise", "System", "Test", "Draft"})
SCOPES = frozenset({"Public", "Restricted", "Private"})
MOST_AREAS = 20_000
MOST_INFOS = 20
MOST_POINTS = 20_000
LONG_TEXT, SHORT_TEXT = 4_000, 200

Point = tuple[float, float]
Reference = tuple[str, str, datetime]


@dataclass(frozen=True, slots=True)
class Area:
    """An area: its name, its codes by kind (WARNCELLID, AGS), its polygons as (lat, lon)."""

    description: str
    geocodes: tuple[tuple[str, str], ...]
    polygons: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Info:
    """One block of a message: what, how bad, from when to when, in words, where."""

    language: str
    event: str
    urgency: str
    severity: str
    certainty: str
    onset: datetime | None
    expires: datetime | None
    headline: str
    description: str
    instruction: str
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """A message with what it refers to."""

    sender: str
    identifier: str
    sent: datetime
    msg_type: str
    status: str
    scope: str
    references: tuple[Reference, ...]
    infos: tuple[Info, ...]


def parse_alert(body: bytes) -> Alert:
    """Return the alert of one message.

    Raises
    ------
    SourceFormatError
        When it is no CAP 1.2, uses entities, or lacks what names it.
    """
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except DefusedXmlException as error:
        raise SourceFormatError("XML mit Dokumenttyp oder Entitäten ist nicht erlaubt") from error
    except (ParseError, ValueError, LookupError) as error:
        raise SourceFormatError("kein gültiges XML") from error
    if root.tag != f"{NAMESPACE}alert":
        raise SourceFormatError("das Wurzelelement ist keine CAP-1.2-Meldung")
    return Alert(
        sender=_name(root, "sender"),
        identifier=_name(root, "identifier"),
        sent=_sent(root),
        msg_type=_one_of(root, "msgType", TYPES),
        status=_one_of(root, "status", STATUSES),
        scope=_one_of(root, "scope", SCOPES),
        references=tuple(_references(_text(root, "references", LONG_TEXT))),
        infos=tuple(_infos(root)),
    )


def _infos(root: Element) -> Iterator[Info]:
    found = root.findall(f"{NAMESPACE}info")
    if len(found) > MOST_INFOS:
        raise SourceFormatError(f"mehr als {MOST_INFOS} info-Blöcke")
    for item in found:
        onset = _time(item, "onset") or _time(item, "effective")
        yield Info(
            language=_text(item, "language") or "en-US",
            event=_text(item, "event"),
            urgency=_text(item, "urgency"),
            severity=_text(item, "severity"),
            certainty=_text(item, "certainty"),
            onset=onset,
            expires=_time(item, "expires"),
            headline=_text(item, "headline"),
            description=_text(item, "description", LONG_TEXT),
            instruction=_text(item, "instruction", LONG_TEXT),
            areas=tuple(_areas(item)),
        )


def _areas(info: Element) -> Iterator[Area]:
    found = info.findall(f"{NAMESPACE}area")
    if len(found) > MOST_AREAS:
        raise SourceFormatError(f"mehr als {MOST_AREAS} Gebiete")
    for item in found:
        codes = [
            (_text(code, "valueName"), _text(code, "value"))
            for code in item.findall(f"{NAMESPACE}geocode")
        ]
        polygons = [_polygon(element.text or "") for element in item.findall(f"{NAMESPACE}polygon")]
        yield Area(_text(item, "areaDesc"), tuple(codes), tuple(polygons))


def _polygon(text: str) -> tuple[Point, ...]:
    pairs = text.split()
    if len(pairs) > MOST_POINTS:
        raise SourceFormatError(f"ein Polygon hat mehr als {MOST_POINTS} Punkte")
    points = []
    for pair in pairs:
        lat, _, lon = pair.partition(",")
        try:
            point = (float(lat), float(lon))
        except ValueError as error:
            raise SourceFormatError("ein Polygon hat einen unlesbaren Punkt") from error
        if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):  # noqa: PLR2004  # degrees
            raise SourceFormatError("ein Polygon liegt nicht auf der Erde")
        points.append(point)
    return tuple(points)


def _references(text: str) -> Iterator[Reference]:
    for item in text.split():
        parts = item.split(",")
        at = parse_time(parts[-1])
        if len(parts) != 3 or at is None:  # noqa: PLR2004  # sender, identifier, sent
            raise SourceFormatError("eine Referenz hat nicht die Form Absender,Kennung,Zeit")
        yield parts[0], parts[1], at


def _name(root: Element, tag: str) -> str:
    found = _text(root, tag)
    if not found or "," in found or " " in found or "<" in found:
        raise SourceFormatError(f"{tag} fehlt oder enthält verbotene Zeichen")
    return found


def _sent(root: Element) -> datetime:
    found = _time(root, "sent")
    if found is None:
        raise SourceFormatError("sent fehlt oder hat keine Zeitzone")
    return found


def _one_of(root: Element, tag: str, allowed: frozenset[str]) -> str:
    found = _text(root, tag)
    if found not in allowed:
        raise SourceFormatError(f"{tag} ist keiner der erlaubten Werte")
    return found


def _time(item: Element, tag: str) -> datetime | None:
    return parse_time(_text(item, tag))


def _text(item: Element, tag: str, limit: int = SHORT_TEXT) -> str:
    found = (item.findtext(f"{NAMESPACE}{tag}") or "").strip()
    return "".join(sign if sign.isprintable() or sign == "\n" else "?" for sign in found)[:limit]
