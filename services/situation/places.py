"""Places counted once: a place on two rivers has two entries, and one state."""

from collections.abc import Iterable

from services.flood.model import State
from services.situation.model import VillageView

RANK = {
    state: index
    for index, state in enumerate(
        (State.ALARM, State.WARNUNG, State.VORALARM, State.UNBEKANNT, State.OK)
    )
}
"""From the most urgent down; no data ranks above calm, because silence is no all-clear."""


def one_per_place(villages: Iterable[VillageView]) -> tuple[VillageView, ...]:
    """Return the gravest entry of each exposed place.

    What a gauge or the rain speaks for comes before an entry that nothing speaks for; of equal
    ones the first stays.
    """
    found: dict[str, VillageView] = {}
    for village in villages:
        if not village.exposed:
            continue
        kept = found.setdefault(village.place_id, village)
        if _gravity(village) < _gravity(kept):
            found[village.place_id] = village
    return tuple(found.values())


def _gravity(village: VillageView) -> tuple[bool, int]:
    return (not village.has_gauge_above, RANK[village.state])
