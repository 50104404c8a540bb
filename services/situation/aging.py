"""What a stored result still says later: calm does not last without readings."""

from dataclasses import replace
from datetime import datetime

from services.flood.constants import MISSING_AGE_MIN, SECONDS_PER_MIN
from services.flood.model import State, VillageResult

STANDING = "Die Berechnung steht"
NO_SENSOR = "An den Pegeln oberhalb ist kein Sensor angebunden"


def is_outdated(observed_at: datetime | None, now: datetime) -> bool:
    """Tell whether a reading is too old to carry a statement (45 minutes, METHOD E)."""
    if observed_at is None:
        return True
    return (now - observed_at).total_seconds() > MISSING_AGE_MIN * SECONDS_PER_MIN


def still_true(result: VillageResult, name: str, now: datetime) -> VillageResult:
    """Return the result as it holds at `now`: outdated calm is unknown, a warning is held."""
    if result.state is State.UNBEKANNT or not is_outdated(result.data_at, now):
        return result
    reasons = (*result.degraded_reasons, STANDING)
    if result.state is State.OK:
        return replace(
            result,
            state=State.UNBEKANNT,
            level=None,
            degraded=True,
            degraded_reasons=reasons,
            earliest=None,
            likely=None,
            latest=None,
            usable_p10_min=None,
            usable_p50_min=None,
            p_exceed={},
            held_since=result.data_at,
            sentence=f"Keine Aussage für {name}: Der letzte gültige Messwert ist zu alt.",
        )
    if result.held_since is not None:
        return result
    return replace(result, degraded=True, degraded_reasons=reasons, held_since=result.data_at)


def unconnected(result: VillageResult, name: str) -> VillageResult:
    """Return the result of a place whose gauges exist but have no sensor here."""
    return replace(
        result,
        degraded=True,
        degraded_reasons=(NO_SENSOR,),
        has_gauge_above=True,
        sentence=f"Keine Aussage für {name}: {NO_SENSOR}.",
    )
