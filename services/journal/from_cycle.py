"""Entries about a cycle: places that changed their state, gauges lost and back, lowered forecasts.

Written in the transaction that stores the cycle. Places of one river that changed alike are one
entry: a flood that passes twenty villages is not twenty times the same sentence.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from data import runs
from services.alarms import scope
from services.alarms.from_cycle import Names
from services.clock import Clock, wall_now
from services.flood.model import LEVELS, CycleResult, GaugeResult, State, VillageResult
from services.journal.model import Entry, Kind
from services.journal.notes import note
from services.journal.words import level_text, listed
from services.local_time import stamp
from services.region import Region
from services.situation.state_words import STATE_WORDS


@dataclass(frozen=True, slots=True)
class CycleJournal:
    """Enters what a cycle changes against the one before."""

    region: Region
    clock: Clock
    wall: Callable[[], datetime] = wall_now

    def __call__(self, session: Session, row: runs.RunRow, result: CycleResult) -> None:
        """Enter all changes; a first cycle has none but what it begins with."""
        names = Names.of(self.region)
        before = runs.newest_cycle(session, self.region.region_id, self.clock.epoch())
        if before is None:
            self._note(session, row, Kind.STATE, *beginning(result.villages, names))
            return
        villages = {
            (item["place_id"], item["river_id"]): item
            for item in runs.village_details(session, before.run_id)
        }
        gauges = {item["gauge_id"]: item for item in runs.gauge_details(session, before.run_id)}
        for text, keys in state_changes(villages, result.villages, names, self.region):
            self._note(session, row, Kind.STATE, text, keys)
        for text, keys in lowered(villages, result.villages, names):
            self._note(session, row, Kind.FORECAST, text, keys)
        for text, keys in losses(gauges, result.gauges, names, self.region):
            self._note(session, row, Kind.LOSS, text, keys)

    def _note(
        self, session: Session, row: runs.RunRow, kind: Kind, text: str, keys: tuple[str, ...]
    ) -> None:
        entry = Entry(
            region_id=self.region.region_id,
            scope=scope.of(self.clock),
            kind=kind,
            text=text,
            happened_at=row.as_of,
            noted_at=row.as_of,
            wall_at=self.wall(),
            subjects=keys,
            details={"run": row.run_id},
        )
        note(session, entry)


Told = tuple[str, tuple[str, ...]]
"""A sentence, and the keys of the places or gauges that it is about."""


def beginning(villages: Iterable[VillageResult], names: Names) -> Told:
    """Return what the first cycle of a clock finds."""
    warned = [item for item in villages if item.state in LEVELS]
    if not warned:
        return "Erste Berechnung: kein Ort über seinen Schwellen.", ()
    words = listed(f"{_place(item, names)} ({STATE_WORDS[item.state]})" for item in warned)
    return f"Erste Berechnung: {words}.", tuple(map(_key, warned))


def state_changes(
    before: Mapping[tuple[str, str], Mapping[str, Any]],
    villages: Iterable[VillageResult],
    names: Names,
    region: Region,
) -> list[Told]:
    """Return one sentence for the places of a river that went from one state to another."""
    rivers = {item.river_id: item.name for item in region.pack.rivers}
    alike: dict[tuple[str, State, State], list[VillageResult]] = defaultdict(list)
    for item in villages:
        old = before.get((item.place_id, item.river_id))
        was = State(old["state"]) if old else State.UNBEKANNT
        if was is not item.state:
            alike[item.river_id, was, item.state].append(item)
    told = []
    for (river, was, new), found in alike.items():
        places = listed(_place(item, names) for item in found)
        change = f"jetzt {STATE_WORDS[new]} (vorher {STATE_WORDS[was]})"
        text = f"{rivers.get(river, river)}: {places} {change}.{_reason(found)}"
        told.append((text, tuple(map(_key, found))))
    return told


def lowered(
    before: Mapping[tuple[str, str], Mapping[str, Any]],
    villages: Iterable[VillageResult],
    names: Names,
) -> list[Told]:
    """Return the places for which a lower forecast came while the higher state is kept."""
    told: list[Told] = []
    for item in villages:
        old = before.get((item.place_id, item.river_id), {})
        if item.lower_state is None or old.get("lower_state") == item.lower_state:
            continue
        text = (
            f"Niedrigere Vorhersage für {_place(item, names)}: {STATE_WORDS[item.lower_state]}."
            f" {STATE_WORDS[item.state]} bleibt bestehen, bis die Messwerte das belegen."
        )
        told.append((text, (_key(item),)))
    return told


def losses(
    before: Mapping[str, Mapping[str, Any]],
    gauges: Iterable[GaugeResult],
    names: Names,
    region: Region,
) -> list[Told]:
    """Return the gauges that fell silent since the last cycle, and those that are back."""
    told: list[Told] = []
    stages = names.stages
    for item in gauges:
        was = bool(before.get(item.gauge_id, {}).get("is_silent", item.is_silent))
        if was == item.is_silent:
            continue
        name = names.gauges.get(item.gauge_id, item.gauge_id)
        value = level_text(item.value, "m" if item.gauge_id in stages else "m³/s")
        text = f"{name} meldet wieder{value and f': {value}'}."
        if item.is_silent:
            old = before.get(item.gauge_id, {})
            text = _lost(name, old, "m" if item.gauge_id in stages else "m³/s", region)
            if item.is_lost_while_rising:
                text += " Er stieg zuletzt: Der Wasserstand kann ungesehen weiter steigen."
        told.append((text, (item.gauge_id,)))
    return told


def _lost(name: str, old: Mapping[str, Any], unit: str, region: Region) -> str:
    value = level_text(old.get("value"), unit)
    if not value or not old.get("observed_at"):
        return f"{name} meldet nicht mehr."
    measured = stamp(datetime.fromisoformat(str(old["observed_at"])), region.timezone)
    return f"{name} meldet nicht mehr; zuletzt {value}, gemessen {measured}."


def _reason(found: list[VillageResult]) -> str:
    """Return why a single place changed; why it is at a level stands in the entry of its alarm."""
    is_told = len(found) == 1 and found[0].state not in LEVELS
    return f" {found[0].sentence}" if is_told and found[0].sentence else ""


def _place(item: VillageResult, names: Names) -> str:
    return names.places.get((item.place_id, item.river_id), item.place_id)


def _key(item: VillageResult) -> str:
    return f"{item.place_id}/{item.river_id}"
