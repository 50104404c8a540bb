"""What holds, what is proposed and what was decided, as the page of the thresholds shows it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data import thresholds
from data.region_pack.columns import Level
from data.region_pack.model import RegionPack
from data.region_pack.rows import PairRow, ThresholdRow
from data.thresholds import ChangeRow, Target
from services.clock import wall_now
from services.people.identity import require
from services.people.model import Right
from services.reading import Reading
from services.region import Region
from services.thresholds.checks import ORDER
from services.thresholds.effect_model import Effect
from services.thresholds.in_effect import InEffect, ThresholdBook
from services.thresholds.model import ChangeView, CurrentView, Status, ThresholdBoard

HISTORY = 100
OF_PACK = "Regionsordner"


@dataclass(frozen=True, slots=True)
class ThresholdService:
    """Reads the thresholds of a region."""

    sessions: sessionmaker[Session]
    region: Region
    wall: Callable[[], datetime] = wall_now

    def board(self) -> ThresholdBoard:
        """Return everything; needs the right to propose."""
        require(Right.PROPOSE)
        with Reading(self.sessions) as session:
            held = ThresholdBook(self.region, self.wall).held(session)
            approved = thresholds.approved(session, self.region.region_id)
            pending = thresholds.pending(session, self.region.region_id)
            decided = thresholds.decided(session, self.region.region_id, HISTORY)
        names = Names.of(self.region)
        return ThresholdBoard(
            current=self._current(held, approved, names),
            pending=tuple(self._view(row, approved, names) for row in pending),
            history=tuple(self._view(row, approved, names) for row in decided),
            name=held.name,
        )

    def _current(
        self, held: InEffect, approved: list[ChangeRow], names: "Names"
    ) -> tuple[CurrentView, ...]:
        rows = rows_by_target(held.applied(self.region.pack))
        newest = {row.target: row.version or 0 for row in approved}
        found = []
        for target, levels in rows.items():
            change = held.changes.get(target)
            first = levels[0]
            is_own = isinstance(first, ThresholdRow)
            owner = change.owner if change else getattr(first, "owner", OF_PACK)
            found.append(
                CurrentView(
                    target=target,
                    name=names.of_target(target),
                    unit=names.units.get(target[0], "m"),
                    levels=values(levels),
                    owner=owner,
                    since=_since(change, first),
                    source=first.source,
                    provisional=bool(is_own and getattr(first, "provisional", False)),
                    version=(change.version or 0) if change else 0,
                    newest=newest.get(target, 0),
                )
            )
        return tuple(sorted(found, key=lambda view: (bool(view.target[1]), view.name)))

    def _view(self, row: ChangeRow, approved: list[ChangeRow], names: "Names") -> ChangeView:
        pack = values(rows_by_target(self.region.pack).get(row.target, ()))
        based = next((item for item in approved if item.version == row.based_on), None)
        before = based.levels if based is not None and based.levels else pack
        return ChangeView(
            change_id=row.change_id,
            target=row.target,
            name=names.of_target(row.target),
            unit=names.units.get(row.gauge_id, "m"),
            before=before,
            levels=row.levels or pack,
            is_restore=not row.levels,
            owner=row.owner,
            reason=row.reason,
            valid_from=row.valid_from,
            based_on=row.based_on,
            status=Status(row.status),
            proposer=row.proposer,
            proposer_id=row.proposer_id,
            proposed_at=row.proposed_at,
            version=row.version,
            decider=row.decider,
            decided_at=row.decided_at,
            decision=row.decision,
            effect=Effect.of(row.effect) if row.effect else None,
        )


@dataclass(frozen=True, slots=True)
class Names:
    """What gauges and places are called, and the unit of each gauge."""

    gauges: Mapping[str, str]
    places: Mapping[tuple[str, str], str]
    units: Mapping[str, str]

    @classmethod
    def of(cls, region: Region) -> "Names":
        """Return the names of a region."""
        named = {row.place_id: row.name for row in region.pack.places}
        return cls(
            gauges={row.gauge_id: row.name for row in region.pack.gauges},
            places={
                (row.place_id, row.river_id): row.label or named.get(row.place_id, row.place_id)
                for row in region.pack.exposures
            },
            units={row.gauge_id: row.unit for row in region.pack.gauges},
        )

    def of_target(self, target: Target) -> str:
        """Return the name of a target: the gauge, and for which place."""
        gauge = self.gauges.get(target[0], target[0])
        if not target[1]:
            return gauge
        return f"{gauge} für {self.places.get(target[1:], target[1])}"


def rows_by_target(pack: RegionPack) -> dict[Target, list[ThresholdRow | PairRow]]:
    """Return the rows of all levels that may be changed."""
    found: dict[Target, list[ThresholdRow | PairRow]] = {}
    for own in pack.thresholds:
        found.setdefault((own.gauge_id, "", ""), []).append(own)
    for pair in pack.pairs:
        found.setdefault((pair.gauge_id, pair.place_id, pair.river_id), []).append(pair)
    return found


def values(rows: Sequence[ThresholdRow | PairRow]) -> dict[Level, float]:
    """Return the levels of some rows, lowest first."""
    found = {row.level: row.value for row in rows}
    return {level: found[level] for level in ORDER if level in found}


def _since(change: ChangeRow | None, row: ThresholdRow | PairRow) -> str:
    if change is not None:
        return change.valid_from.isoformat()
    return getattr(row, "since", "")
