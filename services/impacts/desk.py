"""Where the municipality keeps its list: enters, changes and takes off what happens in a flood."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data import audit, impact_versions
from data.impact_versions import Entered
from data.region_pack.impact_rows import ImpactRow
from data.region_pack.rows import GaugeRow
from services.clock import wall_now
from services.flood.model import State
from services.impacts.draft import (
    REASON_MAX,
    Draft,
    checked,
    gauges,
    place_words,
    places,
)
from services.impacts.errors import ImpactConflictError, ImpactRefusedError
from services.impacts.listing import SHARED, Held, overlaid
from services.impacts.model import Change, Deed
from services.people.identity import require
from services.people.model import Identity, Right
from services.reading import Reading
from services.region import Region
from services.storing import storing
from services.typed_text import one_line

SHOWN = 50


@dataclass(frozen=True, slots=True)
class GaugeChoice:
    """A gauge whose reading may decide; one without a sensor only where an entry names it."""

    name: str
    observes: str
    is_connected: bool


@dataclass(frozen=True, slots=True)
class Board:
    """What the page of the list needs: what holds, what may be chosen, what was entered when."""

    held: tuple[Held, ...]
    places: dict[str, str]
    gauges: dict[str, GaugeChoice]
    history: tuple[Change, ...]
    is_cut: bool = False
    """There are older changes than those of `history`."""


@dataclass(frozen=True, slots=True)
class ImpactDesk:
    """Keeps the impacts of a region; all of it needs the right to curate."""

    sessions: sessionmaker[Session]
    region: Region
    wall: Callable[[], datetime] = wall_now

    def board(self) -> Board:
        """Return the list with what can be chosen, and the last changes, the newest first."""
        require(Right.CURATE)
        with Reading(self.sessions) as session:
            held = self._held(session)
            history = impact_versions.history(session, self.region.region_id, SHOWN + 1)
        rows = [item.row for item in held.values()]
        return Board(
            held=tuple(held.values()),
            places=places(self.region, rows),
            gauges={key: self._choice(row) for key, row in gauges(self.region, rows).items()},
            history=tuple(self._change(item) for item in history[:SHOWN]),
            is_cut=len(history) > SHOWN,
        )

    def save(self, draft: Draft, based_on: int = 0) -> str:
        """Store an impact, or a new version of one, and return what it says.

        Raises
        ------
        ImpactRefusedError
            When something lacks or does not fit, or it is in the list already.
        ImpactConflictError
            When the version that the person saw does not hold any more.
        """
        who = require(Right.CURATE)
        with storing(self.sessions) as session:
            impact_versions.hold(session)
            held = self._held(session)
            known = self._seen(held, draft.impact_id, based_on) if draft.impact_id else None
            reason = one_line(draft.reason, REASON_MAX)
            if known is not None and not reason:
                raise ImpactRefusedError(user_message="Bitte den Grund der Änderung angeben.")
            today = self.wall().astimezone(self.region.timezone).date()
            row = checked(draft, self.region, known.row if known else None, today)
            self._refuse_double(held, row)
            if known is None:
                self._store(session, who, Deed.ADDED, row, "")
            else:
                self._store(session, who, Deed.CHANGED, row, reason)
        return row.what

    def remove(self, impact_id: str, based_on: int, reason: str) -> str:
        """Take an impact off the list, its versions stay; return what it said.

        Raises
        ------
        ImpactRefusedError
            Without a reason, or when it is not in the list.
        ImpactConflictError
            When the version that the person saw does not hold any more.
        """
        who = require(Right.CURATE)
        why = one_line(reason, REASON_MAX)
        if not why:
            raise ImpactRefusedError(user_message="Bitte sagen, warum es nicht mehr gilt.")
        with storing(self.sessions) as session:
            impact_versions.hold(session)
            row = self._seen(self._held(session), impact_id, based_on).row
            self._store(session, who, Deed.REMOVED, row, why)
        return row.what

    def _choice(self, row: GaugeRow) -> GaugeChoice:
        return GaugeChoice(row.name, row.observes, row.gauge_id in self.region.connected)

    def _change(self, item: Entered) -> Change:
        known = {row.gauge_id: row for row in self.region.pack.gauges}
        gauge = known.get(item.gauge_id or "")
        return Change(
            deed=Deed(item.deed),
            where=place_words(self.region, item.place_id, item.river_id),
            kind=item.kind,
            what=item.what,
            level=State(item.level) if item.level else None,
            gauge_name=gauge.name if gauge else item.gauge_id or "",
            value=item.value,
            unit=gauge.unit if gauge else "",
            observed_on=item.observed_on,
            maintained_by=item.maintained_by,
            source=item.source,
            reason=item.reason,
            entered_by=item.entered_by,
            entered_at=item.entered_at,
        )

    def _held(self, session: Session) -> dict[str, Held]:
        entered = impact_versions.newest(session, self.region.region_id)
        return {held.row.impact_id: held for held in overlaid(self.region.pack.impacts, entered)}

    def _seen(self, held: dict[str, Held], impact_id: str, based_on: int) -> Held:
        found = held.get(impact_id)
        if found is None:
            raise ImpactRefusedError(user_message="Dieser Eintrag steht nicht mehr in der Liste.")
        if found.version != based_on:
            raise ImpactConflictError
        return found

    def _refuse_double(self, held: dict[str, Held], row: ImpactRow) -> None:
        """Refuse the same words for the same place: a button pressed twice is one entry."""
        if any(_says_the_same(other.row, row) for other in held.values()):
            raise ImpactRefusedError(user_message="Das steht schon so in der Liste.")

    def _store(
        self, session: Session, who: Identity, deed: Deed, row: ImpactRow, reason: str
    ) -> None:
        entered = Entered(
            **row.model_dump(include=set(SHARED)), deed=deed.value, reason=reason,
            entered_at=self.wall(), entered_by=who.actor,
        )  # fmt: skip
        impact_versions.add(session, self.region.region_id, entered)
        audit.note(
            session, self.wall(), who.actor, f"impact-{deed}", row.what,
            impact=row.impact_id, level=row.level, gauge=row.gauge_id, value=row.value,
            reason=reason,
        )  # fmt: skip


def _says_the_same(one: ImpactRow, other: ImpactRow) -> bool:
    if one.impact_id == other.impact_id:
        return one.model_dump(include=set(SHARED)) == other.model_dump(include=set(SHARED))
    keys = ("place_id", "river_id", "level", "gauge_id", "value")
    is_same = all(getattr(one, key) == getattr(other, key) for key in keys)
    return is_same and one.what.casefold() == other.what.casefold()
