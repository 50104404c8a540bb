"""From values of foreign stations to readings: unit, time, sentinel, place, the same for all.

A value keeps what the source said. Sentinels become missing values with a reason, impossible times
are refused and counted, and values out of range are left to the flags: nothing is dropped.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from data.rejected import RejectedRow
from data.things import StreamRow, ThingRow
from services.ingestion import instants
from services.ingestion.fields import printable
from services.ingestion.instants import TimeFault
from services.ingestion.model import Reading, Reason
from services.ingestion.place import placed
from services.ingestion.units import UnitError, stored_unit, to_stored
from services.sources.model import Harvest, MissingValue, Visit

SENTINELS = frozenset({-777.0, -888.0, -999.0, -9999.0, 9999.0, 32767.0, 65535.0})
"""Numbers that German gauge and weather services send in place of "no value", for any property."""

STAGE_SENTINELS = frozenset({5000.0, 10000.0, 99999.0})
"""The same for stages in cm: 50 m and 100 m of water (seen in gauge feeds)."""

MOST_REJECTS = 200
"""Refused values of one visit that are kept one by one; the rest is counted in the note."""


@dataclass(frozen=True, slots=True)
class StationValue:
    """A value as a source gave it; `at` None where its time can't be read or has no zone."""

    thing: ThingRow
    observed_property: str
    unit: str
    at: datetime | None
    raw: float | None
    is_suspect: bool = False
    why_suspect: str = ""

    @property
    def key(self) -> str:
        """Return the key of its datastream."""
        return f"{self.thing.thing_id}/{self.observed_property}"


@dataclass(slots=True)
class _Sorted:
    readings: list[Reading]
    missing: list[MissingValue]
    rejects: list[RejectedRow]
    streams: dict[str, StreamRow]


def harvest(visit: Visit, values: Iterable[StationValue], notes: Sequence[str] = ()) -> Harvest:
    """Return what a visit gave; each value fails alone."""
    found = list(values)
    told = list(notes)
    sorted_values = _Sorted([], [], [], {})
    things: dict[str, ThingRow] = {}
    for value in found:
        thing = things.get(value.thing.thing_id)
        if thing is None:
            thing, why = placed(value.thing, visit.region.pack)
            things[thing.thing_id] = thing
            told += [why] if why else []
        _sort(visit, replace(value, thing=thing), sorted_values)
    dropped = len(sorted_values.rejects) - MOST_REJECTS
    if dropped > 0:
        told.append(f"{dropped} weitere abgewiesene Werte ohne eigenen Eintrag")
    times = [reading.phenomenon_time for reading in sorted_values.readings]
    return Harvest(
        streams=tuple(sorted_values.streams.values()),
        readings=tuple(sorted_values.readings),
        missing=tuple(sorted_values.missing),
        rejects=tuple(sorted_values.rejects[:MOST_REJECTS]),
        notes=tuple(told),
        items=len(found),
        newest_at=max(times, default=None),
    )


def duplicates(names: Iterable[str]) -> list[str]:
    """Return a sentence for each station that a source lists more than once."""
    twice = [name for name, count in Counter(names).items() if count > 1]
    return [f"Station {printable(name)} steht mehrfach in der Antwort" for name in twice]


def rejected(visit: Visit, device: str, code: Reason, reason: str, body: str) -> RejectedRow:
    """Return the entry for something of a source that could not be used."""
    return RejectedRow(
        received_at=visit.now,
        source=visit.entry.id,
        topic=visit.url,
        device=printable(device),
        reason_code=code.value,
        reason=reason,
        body=body.encode(),
        origin=visit.origin,
    )


def _sort(visit: Visit, value: StationValue, into: _Sorted) -> None:
    at = _instant(value.at, visit.now)
    if isinstance(at, TimeFault):
        into.rejects.append(_refused(visit, value, at.code, at.reason))
        return
    try:
        unit = stored_unit(value.observed_property, value.unit)
        stored = None
        if value.raw is not None:
            stored = to_stored(value.raw, value.observed_property, value.unit)
    except UnitError as error:
        into.rejects.append(_refused(visit, value, Reason.BAD_UNIT, str(error)))
        return
    into.streams.setdefault(value.key, StreamRow(value.thing, value.observed_property, unit))
    why = _missing(value)
    if stored is None or why:
        into.missing.append(MissingValue(value.key, at, value.raw, why, visit.origin))
        return
    note = value.why_suspect if value.is_suspect else instants.age_note(at, visit.now)
    into.readings.append(
        Reading(value.key, at, visit.now, stored, value.raw or 0.0, visit.origin, note)
    )


def _instant(at: datetime | None, now: datetime) -> datetime | TimeFault:
    if at is None:
        return TimeFault(Reason.NO_TIME, "Zeit fehlt, ist nicht lesbar oder hat keine Zeitzone.")
    return instants.checked(at, now)


def _missing(value: StationValue) -> str:
    if value.raw is None:
        return "von der Quelle als fehlend gemeldet"
    is_stage = value.observed_property == "stage" and value.unit == "cm"
    if value.raw in SENTINELS or (is_stage and value.raw in STAGE_SENTINELS):
        return f"Kennwert {value.raw:g} bedeutet „kein Messwert“"
    return ""


def _refused(visit: Visit, value: StationValue, code: Reason, reason: str) -> RejectedRow:
    body = f"{value.key} {value.at} {value.raw} {value.unit}"
    return rejected(visit, value.thing.thing_id, code, reason, body)
