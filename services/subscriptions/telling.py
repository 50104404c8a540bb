"""After a cycle: whose place or gauge went up, or is over by the readings, gets a mail.

A place follows its own state, which the engine holds by hysteresis; a gauge with an own threshold
must fall a little below it. Silence ends nothing. Whose last mail was dropped, or became too old to
be sent, is told the state as it is then, whatever it is.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import outbox_mails, runs, subscriptions
from data.engine import writing
from data.subscriptions import SubscriptionRow
from services.clock import Clock, wall_now
from services.flood.model import LEVELS, GaugeResult, State, VillageResult
from services.region import Region
from services.run_results import gauge_result, village_result
from services.subscriptions.model import PLACE
from services.subscriptions.post import Letter, Post
from services.subscriptions.words import Source, Told, end_words, up_words

HYSTERESIS_M = 0.05
"""So far below its own threshold a gauge must be, as a state must (METHOD E); in m³/s a twentieth
of the threshold (estimate)."""
VALID_FOR = timedelta(hours=2)
"""An older mail about a state is not sent: the next one tells more (estimate)."""
ABOVE = "über"
"""What is noted of a gauge whose threshold is exceeded."""


@dataclass(frozen=True, slots=True)
class _Run:
    run_id: str
    villages: Mapping[str, VillageResult]
    gauges: Mapping[str, GaugeResult]


@dataclass(frozen=True, slots=True)
class _Due:
    """What a subscriber is to be told; `is_again`: the mail before was lost on its way."""

    row: SubscriptionRow
    told: str
    is_again: bool


@dataclass(frozen=True, slots=True)
class SubscriberMail:
    """Tells subscribers what the newest cycle changed."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    post: Post
    source: Source

    def __call__(self) -> int:
        """Put the mails of the newest cycle; returns how many."""
        with self.sessions() as session:
            rows = subscriptions.confirmed(session, self.region.region_id)
            run = self._newest(session) if rows else None
            lost = outbox_mails.lost(session, self.region.region_id) if run else set()
        if run is None:
            return 0
        due = [found for row in rows if (found := self._due(row, run, lost)) is not None]
        if not due:
            return 0
        with self.sessions.begin() as session:
            writing(session)
            told = [letter for found in due if (letter := self._told(session, found, run))]
            self.post.put_all(session, told, wall_now())
            told += self._again(session, [found for found in due if found.is_again], run)
        return len(told)

    def _again(self, session: Session, due: Sequence[_Due], run: _Run) -> list[Letter]:
        """Tell anew whose last mail was lost, as many as there is room for now."""
        room = self.post.room(session)
        letters = [
            letter
            for found in due[:room]
            if (letter := self._noted(session, found, run)) is not None
        ]
        self.post.put_all(session, letters, wall_now())
        return letters

    def _newest(self, session: Session) -> _Run | None:
        run = runs.newest_cycle(session, self.region.region_id, self.clock.epoch())
        if run is None:
            return None
        villages = [village_result(found) for found in runs.village_details(session, run.run_id)]
        gauges = [gauge_result(found) for found in runs.gauge_details(session, run.run_id)]
        return _Run(run.run_id, worst(villages), {found.gauge_id: found for found in gauges})

    def _due(self, row: SubscriptionRow, run: _Run, lost: Container[str]) -> _Due | None:
        """Return what is to be noted as told; None where nothing changed, or nothing is known."""
        if row.kind == PLACE:
            village = run.villages.get(row.target_id)
            now_told = None if village is None else told_of_place(row, village.state)
        else:
            gauge = run.gauges.get(row.target_id)
            now_told = None if gauge is None else self._told_of_gauge(row, gauge)
        is_lost = row.subscription_id in lost
        if now_told is None or (now_told == row.told and not is_lost):
            return None
        return _Due(row, now_told, is_lost)

    def _told_of_gauge(self, row: SubscriptionRow, result: GaugeResult) -> str | None:
        unit = self.region.network.gauges[row.target_id].unit
        is_blind = result.is_silent or result.value is None
        return told_of_gauge(row, None if is_blind else result.value, unit)

    def _told(self, session: Session, found: _Due, run: _Run) -> Letter | None:
        """Note what changed; returns the mail about it, None where a lower level is not told."""
        if found.is_again:
            return None
        row = found.row
        if found.told and not _is_up(found.told, row.told):
            subscriptions.set_told(session, row, found.told, row.told_key)
            return None
        return self._noted(session, found, run)

    def _noted(self, session: Session, found: _Due, run: _Run) -> Letter | None:
        """Return the mail about a state, noted as told; None when somebody else has told it."""
        row, now = found.row, self.clock.now()
        make = up_words if found.told else end_words
        words = make(self._said(row, run), now, self.source)
        letter = Letter(row, words, f"{found.told or 'ende'}/{run.run_id}", VALID_FOR)
        is_mine = subscriptions.set_told(session, row, found.told, letter.key)
        return letter if is_mine else None

    def _said(self, row: SubscriptionRow, run: _Run) -> Told:
        if row.kind == PLACE:
            names = {place.place_id: place.name for place in self.region.pack.places}
            village = run.villages[row.target_id]
            return Told(
                name=names.get(row.target_id, row.target_id),
                path=f"{self.source.pages.places}/{row.target_id}",
                state=village.state,
                data_at=village.data_at,
                usable_min=village.usable_p10_min if village.state in LEVELS else None,
            )
        gauge, result = self.region.network.gauges[row.target_id], run.gauges[row.target_id]
        value, limit = _number(result.value), _number(row.threshold)
        return Told(
            name=f"Pegel {gauge.name}",
            path=f"{self.source.pages.gauges}/{row.target_id}",
            state=result.state,
            data_at=result.observed_at,
            detail=f"Wasserstand {value} {gauge.unit}, Ihr Schwellenwert {limit} {gauge.unit}.",
        )


def told_of_place(row: SubscriptionRow, state: State) -> str | None:
    """Return the level to note: "" below the ordered one, None where nothing is known."""
    if state is State.UNBEKANNT:
        return None
    is_reached = state in LEVELS and LEVELS.index(state) >= LEVELS.index(State(row.level))
    return state.value if is_reached else ""


def told_of_gauge(row: SubscriptionRow, value: float | None, unit: str) -> str | None:
    """Return whether the own threshold is exceeded; within the hysteresis nothing changes."""
    if value is None or row.threshold is None:
        return None
    if value >= row.threshold:
        return ABOVE
    width = HYSTERESIS_M if unit == "m" else HYSTERESIS_M * abs(row.threshold)
    return "" if value <= row.threshold - width else row.told


def _number(value: float | None) -> str:
    return f"{value or 0.0:.2f}".replace(".", ",")


def _is_up(told: str, before: str) -> bool:
    if told == ABOVE or not before:
        return True
    return LEVELS.index(State(told)) > LEVELS.index(State(before))


def worst(results: Iterable[VillageResult]) -> dict[str, VillageResult]:
    """Return by place its worst river; a silent one is worse than a calm one: it ends nothing.

    A river without any gauge above the place never says anything and does not count.
    """
    order = (State.OK, State.UNBEKANNT, *LEVELS)
    found: dict[str, VillageResult] = {}
    for result in results:
        if not result.has_gauge_above:
            continue
        seen = found.get(result.place_id)
        if seen is None or _rank(result.state, order) > _rank(seen.state, order):
            found[result.place_id] = result
    return found


def _rank(state: State, order: tuple[State, ...]) -> int:
    return order.index(state)
