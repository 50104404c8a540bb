"""Figures of the ledger, from what people said of closed alarms (docs/method/alarms.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.alarms.model import Outcome
from services.alarms.views import Figures

ONE_FLOOD = timedelta(hours=24)
"""Alarms of one place that begin within this time belong to one flood (estimate: the longest wave
here passes within a day)."""
LEAST = 5
"""Cases from which a share is told (estimate): one more or less then moves it by 20 points."""
_BEST_FIRST = (Outcome.HIT, Outcome.LATE, Outcome.MISSED, Outcome.FALSE)


@dataclass(frozen=True, slots=True)
class Judged:
    """A closed alarm, or a flood without one, with what a person said of it."""

    subject: str
    name: str
    at: datetime
    outcome: Outcome


def figures(judged: Iterable[Judged]) -> tuple[tuple[Figures, ...], Figures]:
    """Return the figures by subject, and of all subjects together.

    Drills and unclear ones count nowhere but in `others`.
    """
    by_subject: dict[str, list[Judged]] = {}
    for item in sorted(judged, key=lambda item: item.at):
        by_subject.setdefault(item.subject, []).append(item)
    found = tuple(
        _figures(subject, items[-1].name, _floods(items)) for subject, items in by_subject.items()
    )
    every = [outcome for items in by_subject.values() for outcome in _floods(items)]
    return tuple(sorted(found, key=lambda row: row.name)), _figures("", "alle", every)


def _floods(items: Sequence[Judged]) -> list[Outcome]:
    """Return one outcome a flood: the best of its alarms; drills and unclear ones stand alone."""
    found: list[Outcome] = []
    began: datetime | None = None
    for item in items:
        if item.outcome not in _BEST_FIRST:
            found.insert(0, item.outcome)
        elif began is None or item.at - began > ONE_FLOOD:
            began = item.at
            found.append(item.outcome)
        else:
            found[-1] = min(found[-1], item.outcome, key=_BEST_FIRST.index)
    return found


def _figures(subject: str, name: str, outcomes: Sequence[Outcome]) -> Figures:
    count = {outcome: outcomes.count(outcome) for outcome in Outcome}
    hits, late = count[Outcome.HIT], count[Outcome.LATE]
    missed, false = count[Outcome.MISSED], count[Outcome.FALSE]
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
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole >= LEAST else None
