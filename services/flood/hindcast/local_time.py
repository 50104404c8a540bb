"""Local times of a file to instants: the doubled hour of an autumn night is told apart by order."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


@dataclass(slots=True)
class _Doubled:
    """What one gauge has said of doubled local times so far."""

    seen: set[datetime] = field(default_factory=set)
    last: datetime | None = None
    is_second: bool = False


@dataclass(slots=True)
class LocalTimes:
    """Reads the times of a file in a zone, gauge by gauge in the order of its rows.

    A doubled local time is the first one until the gauge names it again, or until its times step
    back within that night: what follows is the second hour.
    """

    zone: ZoneInfo
    _gauges: dict[str, _Doubled] = field(default_factory=dict, init=False)

    def instant_s(self, gauge_id: str, text: str) -> float:
        """Return the instant of an ISO 8601 text; raises ValueError where it is none."""
        local = datetime.fromisoformat(text)
        if local.tzinfo is None:
            fold = self._fold(gauge_id, local)
            local = local.replace(tzinfo=self.zone, fold=fold)
        return local.astimezone(UTC).timestamp()

    def _fold(self, gauge_id: str, local: datetime) -> int:
        if not self._is_doubled(local):
            return 0
        state = self._gauges.setdefault(gauge_id, _Doubled())
        if state.last is None or state.last.date() != local.date():
            state.is_second = False
        elif local < state.last:
            state.is_second = True
        state.last = local
        if state.is_second or local in state.seen:
            return 1
        state.seen.add(local)
        return 0

    def _is_doubled(self, local: datetime) -> bool:
        first = local.replace(tzinfo=self.zone, fold=0).utcoffset()
        second = local.replace(tzinfo=self.zone, fold=1).utcoffset()
        return first is not None and second is not None and first > second
