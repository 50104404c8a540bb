"""What stands on the list: places by urgency, gauges, numbers; times are instants, paper ages."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from services.flood.model import State
from services.flood.wording import usable_text
from services.journal.words import level_text
from services.local_time import stamp
from services.region import Region
from services.situation.levels import own_level
from services.situation.model import GaugeView, Situation, VillageView
from services.situation.state_words import STATE_WORDS
from services.situation.urgency import is_reached, least_usable, rank, urgency

NOTHING = "–"
TO_FILL_IN = "bitte eintragen"
NO_GAUGE = "kein Pegel oberhalb"
PLACE_HEADS = (
    "Ort (Gewässer)", "Zustand", "nutzbar mindestens", "Ankunft frühestens / wahrscheinlich",
    "Pegel: Wert, gemessen", "Telefon",
)  # fmt: skip
GAUGE_HEADS = ("Pegel (Gewässer)", "Zustand", "Wert", "gemessen", "Hinweis")
CONTACT_HEADS = ("Stelle", "Telefon", "Quelle")


@dataclass(frozen=True, slots=True)
class EmergencyList:
    """The list as texts, ready for paper; `made` says of when it is, `warning` what to doubt.

    `headline` is a whole sentence with its full stop.
    """

    title: str
    made_at: datetime
    made: str
    headline: str
    warning: str
    is_drill: bool
    places: tuple[tuple[str, ...], ...]
    gauges: tuple[tuple[str, ...], ...]
    contacts: tuple[tuple[str, ...], ...]


def emergency_list(situation: Situation, region: Region, *, is_drill: bool) -> EmergencyList:
    """Return the list of a situation."""
    zone, now = region.timezone, situation.clock.now
    run = stamp(situation.run_at, zone) if situation.run_at else "noch keine"
    numbers = {row.place_id: row.number for row in region.pack.contacts if row.place_id}
    gauges = {view.name: view for view in situation.gauges}
    exposed = [view for view in situation.villages if view.exposed]
    paper = _Paper(zone, situation.run_at or now, gauges)
    connected = [view for view in situation.gauges if view.is_connected]
    connected.sort(key=lambda view: (rank(view.state), view.river_name, -(view.river_km or 0.0)))
    return EmergencyList(
        title=f"Notfallliste {region.pack.info.short_name}",
        made_at=now,
        made=f"Stand {stamp(now, zone)}, Berechnung von {run}",
        headline=f"{situation.headline.rstrip('.')}.",
        warning="Die Berechnung steht, diese Liste ist veraltet." if situation.is_stale else "",
        is_drill=is_drill,
        places=tuple(
            (*paper.place(view, now), numbers.get(view.place_id) or TO_FILL_IN)
            for view in sorted(exposed, key=urgency(now))
        ),
        gauges=tuple(paper.gauge(view) for view in connected),
        contacts=tuple(
            (row.role, row.number or TO_FILL_IN, row.source)
            for row in sorted(region.pack.contacts, key=lambda row: row.order)
            if row.place_id is None
        ),
    )


@dataclass(frozen=True, slots=True)
class _Paper:
    """Writes rows; `as_of` is what the minutes count from."""

    zone: tzinfo
    as_of: datetime
    gauges: dict[str, GaugeView]

    def place(self, view: VillageView, now: datetime) -> tuple[str, ...]:
        """Write a place without its number."""
        state = STATE_WORDS[view.state] if view.has_gauge_above else NO_GAUGE
        gauge = self.gauges.get(view.driving_gauge_name)
        return (
            f"{view.name} ({view.river_name})",
            state,
            self._usable(view, now),
            self._arrival(view, now),
            self._basis(gauge) if gauge else NOTHING,
        )

    def gauge(self, view: GaugeView) -> tuple[str, ...]:
        """Write a gauge."""
        state = STATE_WORDS[State.UNBEKANNT] if view.is_silent else STATE_WORDS[view.state]
        hint = view.by_hand.words if view.by_hand else ""
        if view.outage is not None:
            hint = view.outage.words(self.zone)
        elif view.is_silent:
            hint = "meldet nicht: keine Entwarnung"
        return (
            f"{view.name} ({view.river_name})",
            state,
            level_text(view.value, view.unit) or NOTHING,
            stamp(view.observed_at, self.zone) if view.observed_at else "noch nie",
            hint,
        )

    def _usable(self, view: VillageView, now: datetime) -> str:
        if is_reached(view, now):
            return "wohl schon erreicht"
        least = least_usable(view)
        if least is None:
            return "nicht erwartet" if view.state is State.OK else NOTHING
        until = (self.as_of + timedelta(minutes=least)).astimezone(self.zone)
        left = usable_text(least)
        return left if least < 1 else f"{left}, bis {until:%H:%M}"

    def _arrival(self, view: VillageView, now: datetime) -> str:
        time = own_level(view.result, now) if view.result else None
        if time is None or time.earliest is None:
            return NOTHING
        if view.state is State.OK:  # an improbable level may be improbable at once
            return f"{STATE_WORDS[time.level]} unwahrscheinlich, ab {self._clock(time.earliest)}"
        likely = f" / {self._clock(time.likely)}" if time.likely else ""
        return f"{STATE_WORDS[time.level]} {self._clock(time.earliest)}{likely}"

    def _basis(self, gauge: GaugeView) -> str:
        value = level_text(gauge.value, gauge.unit) or NOTHING
        measured = self._clock(gauge.observed_at) if gauge.observed_at else "noch nie"
        by_hand = ", Ablesung" if gauge.by_hand else ""
        return f"{gauge.name}: {value}, {measured}{by_hand}"

    def _clock(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%d.%m. %H:%M}"
