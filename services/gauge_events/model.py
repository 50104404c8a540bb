"""Waves of a gauge: found in its own record, measured from single readings, comparable."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.gauge_context.model import EventLine, Rise
from services.situation.model import Point, ThresholdView

KEY_FORMAT = "%Y%m%d%H"
Reading = tuple[datetime, float]
"""Instant and value of a valid reading, in the unit of the gauge."""


@dataclass(frozen=True, slots=True)
class Wave:
    """Readings at or above the lowest threshold that belong together.

    `ended_at` is the first valid reading below it again; None where none is known. `is_ongoing`:
    none is known because the wave still runs, as far as readings tell.
    """

    began_at: datetime
    peak: float
    peaked_at: datetime
    last_above_at: datetime
    ended_at: datetime | None = None
    is_ongoing: bool = False

    @property
    def key(self) -> str:
        """Return the UTC hour of the first crossing: "2021071415", for addresses."""
        return self.began_at.astimezone(UTC).strftime(KEY_FORMAT)

    def is_named(self, key: str) -> bool:
        """Tell whether a key names an hour of this wave: late readings may move its beginning."""
        first = self.began_at.astimezone(UTC).strftime(KEY_FORMAT)
        return first <= key <= self.last_above_at.astimezone(UTC).strftime(KEY_FORMAT)


@dataclass(frozen=True, slots=True)
class WaveFigures:
    """A wave as single readings tell it.

    `hours_above` counts only between readings with no gap between them, so it is a lower limit
    where `has_gap`. `doubtful_peak` is a suspect value above the peak, in the unit of the gauge.
    `is_silent`: nothing has come since its last reading; whether it still runs is not known.
    `is_cut`: the wave is longer than what was read.
    """

    wave: Wave
    points: tuple[Point, ...]
    sampling: timedelta
    longest_step: timedelta
    steepest: Rise | None
    hours_to_peak: float
    hours_above: float
    missing_share: float
    peak_may_be_missed: bool
    begins_in_gap: bool
    ends_in_gap: bool
    has_gap: bool = False
    is_silent: bool = False
    doubtful_peak: float | None = None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class GaugeRecord:
    """What is known of the waves of a gauge, the newest first.

    `threshold` is the lowest one in force, None where the gauge has none. `since` is the first
    hour of the own record, None without any. `unlisted` counts waves that are left out, `higher`
    all waves of the record that were higher than the running one.
    """

    threshold: ThresholdView | None = None
    waves: tuple[Wave, ...] = ()
    peaks: tuple[EventLine, ...] = ()
    since: datetime | None = None
    unlisted: int = 0
    higher: int = 0

    @property
    def ongoing(self) -> Wave | None:
        """Return the wave that still runs."""
        return next((wave for wave in self.waves if wave.is_ongoing), None)

    def wave(self, key: str) -> Wave | None:
        """Return the wave that a key names, None where there is none (any more)."""
        return next((wave for wave in self.waves if wave.is_named(key)), None)

    def named(self, keys: Sequence[str]) -> tuple[Wave, ...]:
        """Return the waves that these keys name, each once, in the order of the keys."""
        found = (self.wave(key) for key in keys)
        return tuple(dict.fromkeys(wave for wave in found if wave is not None))

    def suggested(self, most: int) -> tuple[Wave, ...]:
        """Return what to compare at first: the running or else newest wave, and the highest."""
        if not self.waves:
            return ()
        first = self.ongoing or self.waves[0]
        others = sorted((w for w in self.waves if w is not first), key=lambda wave: -wave.peak)
        return (first, *others[: most - 1])
