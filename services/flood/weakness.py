"""What weakens the statement for a village, in words: faults, silence, stillness, backwater."""

from services.flood import reason
from services.flood.coverage import unheard
from services.flood.gauge_status import GaugeStatus
from services.flood.model import Flag, Village, VillageResult
from services.flood.village_view import View
from services.flood.wording import Clock, from_river, gauge_name


def reasons(view: View, faults: tuple[str, ...], clock: Clock) -> tuple[str, ...]:
    """Return what makes the statement weaker, in words."""
    village = view.village
    found = list(faults)
    if not village.paths and not faults:
        unset = village.has_unset_gauge_above
        found.append(reason.UNSET_GAUGE_ABOVE if unset else reason.NO_GAUGE_ABOVE)
    found += [
        f"der Zufluss {name} ist wegen eines Fehlers ausgenommen"
        for name, _ in village.blind_tributaries
    ]
    found += _lost(view, clock)
    if view.valid:
        found += _still(view)
    elif (confirmed := view.below()) is not None:
        found.append(reason.below_text(confirmed[0], clock))
    if village.backwater_of:
        found.append(f"Rückstau {from_river(village.backwater_of)} möglich")
    return tuple(found)


def held_reasons(
    why: tuple[str, ...],
    previous: VillageResult | None,
    village: Village,
    status: GaugeStatus | None,
    clock: Clock,
) -> tuple[str, ...]:
    """Return the reasons with the one for which a warning is held in front."""
    name = previous.driving_gauge if previous is not None else None
    if status is not None:
        cause = reason.silence_text(status, clock)
    elif any(path.gauge_id == name for path in village.paths):
        cause = reason.DRIVER_UNREADABLE
    else:
        cause = reason.DRIVER_LEFT
    return (cause, *(text for text in why if text != cause))


def _lost(view: View, clock: Clock) -> list[str]:
    """Return what is lost: the nearest gauge, or the one whose silence forbids an all-clear."""
    village = view.village
    missing = unheard(village, view.valid)
    if village.paths and village.paths[0] not in view.valid:
        missing = (village.paths[0], *missing)
    elif any(not path.tributary for path in missing):
        missing = tuple(path for path in missing if not path.tributary)
    found = (view.statuses.get(path.gauge_id) for path in missing)
    texts = [reason.silence_text(status, clock) for status in found if status is not None][:1]
    texts += [text for text in _lost_while_rising(view, clock) if text not in texts]
    if village.paths and all(path.tributary for path in village.paths):
        texts.append(reason.only_tributaries_text(village.river_name))
    return texts


def _lost_while_rising(view: View, clock: Clock) -> list[str]:
    """Return the gauges above that fell silent while they rose, nearest first."""
    known = (view.statuses.get(path.gauge_id) for path in view.village.paths)
    return [
        reason.silence_text(status, clock)
        for status in known
        if status is not None and status.is_silent and status.is_rising
    ]


def _still(view: View) -> list[str]:
    """Return that the nearest gauge does not move at all while others rise (B.9), if so."""
    nearest, *above = (view.statuses[path.gauge_id] for path in view.valid)
    if nearest.flat_flag == Flag.SUSPECT:
        return [f"{gauge_name(nearest.gauge)} {reason.STILL_BESIDE}"]
    if nearest.is_still and any(status.is_rising for status in above):
        return [f"{gauge_name(nearest.gauge)} {reason.STILL}"]
    return []
