"""Which thresholds hold at an instant: those of the region pack under the approved changes.

Every process asks the store before each cycle and each snapshot, so a change needs no restart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from data import thresholds
from data.region_pack.model import RegionPack
from data.region_pack.rows import PairRow, ThresholdRow
from data.thresholds import ChangeRow, Target
from services.clock import wall_now
from services.region import Region

ZONE = ZoneInfo("Europe/Berlin")
CONFIDENCE = "high (decided by two people)"


@dataclass(frozen=True, slots=True)
class InEffect:
    """The changes that hold, by gauge and place; none of them: the pack as it was delivered."""

    changes: Mapping[Target, ChangeRow]

    @property
    def versions(self) -> tuple[int, ...]:
        """Return the versions of the changes that hold, in order."""
        return tuple(sorted(row.version or 0 for row in self.changes.values()))

    @property
    def name(self) -> str:
        """Return what a run keeps of it: the versions, or "pack"."""
        return ",".join(map(str, self.versions)) or "pack"

    @property
    def valid_from(self) -> datetime | None:
        """Return since when the newest change holds, None without changes."""
        return max((row.valid_from for row in self.changes.values()), default=None)

    def version(self, gauge_id: str) -> int:
        """Return the version of a gauge's own levels, 0 for the pack's."""
        found = self.changes.get((gauge_id, "", ""))
        return (found.version or 0) if found is not None and found.levels else 0

    def applied(self, pack: RegionPack) -> RegionPack:
        """Return the pack with the levels that hold."""
        if not self.changes:
            return pack
        own, pairs = self._of(pack, places=False), self._of(pack, places=True)
        changed = {row.target for row in (*own, *pairs)}
        return replace(
            pack,
            thresholds=(
                *(row for row in pack.thresholds if (row.gauge_id, "", "") not in changed),
                *chain.from_iterable(map(_own, own)),
            ),
            pairs=(
                *(
                    row
                    for row in pack.pairs
                    if (row.gauge_id, row.place_id, row.river_id) not in changed
                ),
                *chain.from_iterable(map(_pairs, pairs)),
            ),
        )

    def _of(self, pack: RegionPack, *, places: bool) -> list[ChangeRow]:
        """Return the changes with levels of gauges that the pack has."""
        known = {row.gauge_id for row in pack.gauges}
        return [
            row
            for row in self.changes.values()
            if bool(row.place_id) is places and row.gauge_id in known and row.levels
        ]


OF_PACK = InEffect({})
Held = Callable[[Session], InEffect]


def of_pack(_session: Session) -> InEffect:
    """Return no change: the pack's own thresholds are all that counts."""
    return OF_PACK


@dataclass(frozen=True, slots=True)
class ThresholdBook:
    """Reads the approved changes of a region."""

    region: Region
    wall: Callable[[], datetime] = wall_now

    def held(self, session: Session) -> InEffect:
        """Return what holds now."""
        now = self.wall()
        rows = thresholds.approved(session, self.region.region_id)
        return InEffect({row.target: row for row in rows if row.valid_from <= now})


def _own(row: ChangeRow) -> list[ThresholdRow]:
    return [
        ThresholdRow(
            gauge_id=row.gauge_id, level=name, value=value, owner=row.owner,
            since=f"{row.valid_from.astimezone(ZONE):%Y-%m-%d}", provisional=False,
            source=source_of(row), confidence=CONFIDENCE,
        )
        for name, value in row.levels.items()
    ]  # fmt: skip


def _pairs(row: ChangeRow) -> list[PairRow]:
    return [
        PairRow(
            gauge_id=row.gauge_id, place_id=row.place_id, river_id=row.river_id, level=name,
            value=value, source=source_of(row), confidence=CONFIDENCE,
        )
        for name, value in row.levels.items()
    ]  # fmt: skip


def source_of(row: ChangeRow) -> str:
    """Say where the levels come from; it is read in public and names nobody."""
    return f"Fassung {row.version}, von zwei Personen festgelegt: {row.reason}"
