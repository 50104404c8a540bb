"""The situation in one sentence: the worst first, silence never left out, numbers in words."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.flood.model import LEVELS, State
from services.flood.path_kinds import PATH_RAIN
from services.planned_outages.model import OPENING
from services.situation.levels import own_level
from services.situation.model import GaugeView, VillageView
from services.situation.places import one_per_place

SOON = timedelta(minutes=90)
"""The headline counts places that the wave may reach within this time (estimate of what a crew
needs to set out; the same 90 minutes stand in the sentence)."""
NAMED = 3
"""So many silent gauges are named, the others counted."""
LEVELS_TOLD = "die Warn- oder Alarmstufe"
_NOUN = {State.ALARM: "Alarm", State.WARNUNG: "Warnung", State.VORALARM: "Voralarm"}


def headline(villages: Sequence[VillageView], now: datetime) -> str:
    """Return the one message of the view from the results of a run."""
    watched = [view for view in one_per_place(villages) if view.has_gauge_above]
    soon = len([village for village in watched if _is_soon(village, now)])
    if soon:
        verb = "kann" if soon == 1 else "können"
        return f"{_places(soon)} {verb} in weniger als 90 Minuten {LEVELS_TOLD} erreichen"
    return _calmer(watched)


def without_run(standing_since: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """Return the message when there is no run, or none for minutes (instant of the last one)."""
    if standing_since is None:
        return "Noch keine Berechnung – die Lage ist unbekannt"
    since = standing_since.astimezone(zone)
    is_today = since.date() == now.astimezone(zone).date()
    words = f"{since:%H:%M} Uhr" if is_today else f"{since:%d.%m.}, {since:%H:%M} Uhr"
    return f"Die Berechnung steht seit {words} – die jetzige Lage ist unbekannt"


def _calmer(watched: Sequence[VillageView]) -> str:
    if not watched:
        return "Keine Aussage: Über keinem Ort misst ein Pegel"
    for state in reversed(LEVELS):
        found = [village for village in watched if village.state is state]
        if found:
            return f"{_NOUN[state]} für {_places(len(found))}"
    unknown = [village for village in watched if village.state is State.UNBEKANNT]
    if unknown:
        return f"Keine Aussage für {_places(len(unknown))}: die Messwerte fehlen"
    return _calm(len(watched))


def _calm(count: int) -> str:
    if count == 1:
        return "Der eine überwachte Ort liegt unter seinen Schwellen"
    return f"Alle {count} überwachten Orte liegen unter ihren Schwellen"


def subline(
    villages: Sequence[VillageView],
    gauges: Sequence[GaugeView],
    as_of: datetime | None,
) -> str:
    """Return what stands below: how fast it rises, who is silent, what is unknown."""
    parts = []
    rising = [view for view in gauges if view.is_rising and not view.is_silent and view.trend_per_h]
    if rising:
        steepest = max(rising, key=lambda view: view.trend_per_h or 0.0)
        parts.append(f"Pegel {steepest.name} steigt um {_rate(steepest)} je Stunde.")
    shown = one_per_place(villages)
    reached = [view for view in shown if as_of is not None and _is_reached(view, as_of)]
    if reached:
        verb = "hat" if len(reached) == 1 else "haben"
        parts.append(f"{_places(len(reached))} {verb} {LEVELS_TOLD} wohl schon erreicht.")
    silent = [view for view in gauges if view.is_missed]
    if silent:
        names = ", ".join(view.name for view in silent[:NAMED])
        rest = len(silent) - NAMED
        others = "ein weiterer" if rest == 1 else f"{rest} weitere"
        more = f" und {others}" if rest > 0 else ""
        parts.append(
            f"{'Pegel' if len(silent) == 1 else 'Die Pegel'} {names}{more} "
            f"{'meldet' if len(silent) == 1 else 'melden'} nicht."
        )
    planned = [view.name for view in gauges if view.outage is not None]
    if planned:
        names = ", ".join(planned[:NAMED])
        rest = len(planned) - NAMED
        more = f" und {rest} weitere" if rest > 0 else ""
        parts.append(f"{OPENING}: {names}{more}.")
    by_rain = sum(_is_by_rain(view) for view in shown)
    if by_rain:
        parts.append(f"Für {_places(by_rain)} spricht nur der Niederschlag (Vertrauen gering).")
    blind = sum(not view.has_gauge_above for view in shown)
    if blind:
        parts.append(f"Für {_places(blind)} gibt es keine Aussage: kein Pegel oberhalb.")
    return " ".join(parts)


def _is_by_rain(village: VillageView) -> bool:
    return village.result is not None and village.result.path_kind == PATH_RAIN


def _is_soon(village: VillageView, now: datetime) -> bool:
    result = village.result
    is_warned = village.state in {State.ALARM, State.WARNUNG}
    if result is None or not is_warned or result.earliest is None or result.held_since:
        return False
    return result.earliest <= now + SOON and not _is_reached(village, now)


def _is_reached(village: VillageView, now: datetime) -> bool:
    if village.result is None or village.state not in {State.ALARM, State.WARNUNG}:
        return False
    time = own_level(village.result, now)
    return time is not None and time.reached_at is not None


def _places(number: int) -> str:
    return "1 Ort" if number == 1 else f"{number} Orte"


def _rate(view: GaugeView) -> str:
    trend = view.trend_per_h or 0.0
    if view.unit == "m":
        return f"{trend * 100:.0f} cm"
    return f"{trend:.1f} {view.unit}".replace(".", ",")
