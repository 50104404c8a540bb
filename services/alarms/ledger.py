"""Figures of the ledger, from what people said of closed alarms (docs/method/alarms.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.alarms.model import Evacuation, Outcome
from services.alarms.views import Figures

ONE_FLOOD = timedelta(hours=24)
"""Alarms of one place that begin within this time belong to one flood (estimate: the longest wave
here passes within a day)."""
LEAST = 5
"""Cases from which a share is told (estimate): one more or less then moves it by 20 points."""
_BEST_FIRST = (Outcome.HIT, Outcome.LATE, Outcome.MISSED, Outcome.FALSE)
_SUREST_FIRST = (Evacuation.YES, Evacuation.NO, Evacuation.UNKNOWN)
"""One alarm of a flood with an evacuation says that there was one."""
FLOODED = frozenset({Outcome.HIT, Outcome.LATE, Outcome.MISSED})


@dataclass(frozen=True, slots=True)
class Judged:
    """A closed alarm, or a flood without one, with what a person said of it."""

    subject: str
    name: str
    at: datetime
    outcome: Outcome
    evacuated: Evacuation = Evacuation.UNKNOWN


def figures(judged: Iterable[Judged]) -> tuple[tuple[Figures, ...], Figures]:
    """Return the figures by subject, and of all subjects together.

    Drills and unclear ones count nowhere but in `others`.
    """
    events = _events(judged)
    names = {event.subject: event.name for event in events}
    found = (
        _figures(subject, name, [event for event in events if event.subject == subject])
        for subject, name in names.items()
    )
    return tuple(sorted(found, key=lambda row: row.name)), _figures("", "alle", events)


def yearly(judged: Iterable[Judged], zone: ZoneInfo) -> tuple[Figures, ...]:
    """Return the figures of all subjects by calendar year of the region, the newest first."""
    by_year: dict[int, list[Judged]] = {}
    for event in _events(judged):
        by_year.setdefault(event.at.astimezone(zone).year, []).append(event)
    return tuple(_figures(str(year), str(year), by_year[year]) for year in sorted(by_year)[::-1])


def _events(judged: Iterable[Judged]) -> list[Judged]:
    """Return one entry a flood of a subject; drills and unclear ones stand alone."""
    found: list[Judged] = []
    last: dict[str, int] = {}
    for item in sorted(judged, key=lambda item: item.at):
        place = last.get(item.subject)
        if item.outcome not in _BEST_FIRST:
            found.append(item)
        elif place is None or item.at - found[place].at > ONE_FLOOD:
            last[item.subject] = len(found)
            found.append(item)
        else:
            found[place] = _together(found[place], item)
    return found


def _together(first: Judged, later: Judged) -> Judged:
    """Return a flood with another of its alarms: the best outcome, the surest word of people."""
    return replace(
        first,
        name=later.name,
        outcome=min(first.outcome, later.outcome, key=_BEST_FIRST.index),
        evacuated=min(first.evacuated, later.evacuated, key=_SUREST_FIRST.index),
    )


def _figures(subject: str, name: str, events: Sequence[Judged]) -> Figures:
    count = {outcome: sum(event.outcome is outcome for event in events) for outcome in Outcome}
    hits, late = count[Outcome.HIT], count[Outcome.LATE]
    missed, false = count[Outcome.MISSED], count[Outcome.FALSE]
    people = [event.evacuated for event in events if event.outcome in FLOODED]
    evacuated, unsaid = people.count(Evacuation.YES), people.count(Evacuation.UNKNOWN)
    return Figures(
        subject=subject,
        name=name,
        hits=hits,
        late=late,
        missed=missed,
        false=false,
        others=count[Outcome.DRILL] + count[Outcome.UNCLEAR],
        pod=_share(hits, hits + late + missed),
        far=_share(false, hits + late + false),
        evacuated=evacuated,
        unsaid=unsaid,
        evacuation=_share(evacuated, len(people) - unsaid),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole >= LEAST else None
