"""Whether a village's valid gauge paths see enough of what flows to it for an all-clear.

A gauge on a side brook may warn, but it can't clear a village on the main river. `ok` therefore
needs the nearest gauge of the village's own river; while that one is lost, the next one above on
the own river and one gauge on each gauged tributary that joins between it and the village.
"""

from collections.abc import Collection

from services.flood.model import Path, Village


def sees_enough(village: Village, valid: Collection[Path]) -> bool:
    """Return whether the valid paths of a village together allow `ok`."""
    own = [path for path in village.paths if not path.tributary]
    heard = next((path for path in own if path in valid), None)
    if heard is None:
        return False
    if heard == own[0]:
        return True
    needed = {
        path.tributary
        for path in village.paths
        if path.tributary and path.enters_km <= heard.enters_km
    }
    needed |= {
        name for name, enters_km in village.blind_tributaries if enters_km <= heard.enters_km
    }
    return needed <= {path.tributary for path in valid}


def unheard(village: Village, valid: Collection[Path]) -> tuple[Path, ...]:
    """Return the paths that would have to be heard for `ok`, nearest gauge first."""
    if sees_enough(village, valid):
        return ()
    return tuple(path for path in village.paths if path not in valid)
