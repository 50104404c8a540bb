"""Data quality as the page gets it, without a database."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from services.errors import StoreUnavailableError
from services.people.identity import require
from services.people.model import Right
from services.quality.past_hints import HintReport
from services.quality.reprocess import Report
from services.quality.service import ManualFlag
from services.quality.views import (
    FindingView,
    FlaggedReading,
    FlaggedWindow,
    QualityView,
    StreamQuality,
    Strip,
)
from services.situation.model import Point

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SPIKE = FindingView(
    "iot-nitz/stage",
    "Nitz",
    NOW - timedelta(hours=3),
    NOW - timedelta(hours=3),
    "spike",
    4,
    "steht weit allein gegen beide Nachbarwerte",
    "qc",
)
TAKEN_OUT = FindingView(
    "iot-nitz/stage",
    "Nitz",
    NOW - timedelta(hours=9),
    NOW - timedelta(hours=8),
    "manual",
    4,
    "Sensor ausgebaut",
    "Erika Beispiel",
)


def view() -> QualityView:
    points = tuple(
        (
            NOW - timedelta(minutes=15 * (96 - index)),
            None if index == 9 else 1.0 + 0.01 * index,
            4 if index == 84 else 1,
        )
        for index in range(97)
    )
    return QualityView(
        now=NOW,
        day={1: 180, 3: 6, 4: 2, 9: 4},
        month={1: 5400, 2: 500, 3: 80, 4: 12, 9: 8},
        streams=(
            StreamQuality(
                "iot-nitz/stage",
                "Nitz",
                "stage",
                "m",
                {1: 84, 3: 6, 4: 2, 9: 4},
                NOW - timedelta(minutes=5),
                1,
                is_configured=True,
                finding=SPIKE,
            ),
            StreamQuality(
                "iot-nitz/battery",
                "Nitz",
                "battery",
                "%",
                {2: 96},
                NOW - timedelta(hours=30),
                None,
                is_configured=False,
                finding=None,
            ),
        ),
        findings=(SPIKE, TAKEN_OUT),
        strip=Strip("iot-nitz/stage", "Nitz", "m", points),
        digest="0123456789ab",
    )


REASONS = {
    3: ("rate", "ungewöhnlich schnelle Änderung"),
    4: ("spike", "steht weit allein gegen beide Nachbarwerte"),
    9: ("source", "Sensor meldet eine Störung"),
}


def flagged(key: str, points: Sequence[Point]) -> FlaggedWindow:
    """Return the doubted ones of some points with what was found about them, and a hint."""
    bad = [point for point in reversed(points) if point.flag >= 3]
    readings = tuple(
        FlaggedReading(point.at, point.value, point.flag, (_found(key, point),)) for point in bad
    )
    hints = (
        FindingView(
            key,
            "Nitz",
            points[-1].at - timedelta(hours=30),
            points[-1].at - timedelta(hours=26),
            "rain",
            3,
            "Anstieg ohne Regen im Einzugsgebiet",
            "qc",
        ),
    )
    last = points[-1]
    return FlaggedWindow(
        key, len(bad), readings, hints, FlaggedReading(last.at, last.value, last.flag)
    )


def _found(key: str, point: Point) -> FindingView:
    test, reason = REASONS[point.flag]
    return FindingView(key, "Nitz", point.at, point.at, test, point.flag, reason, "qc")


@dataclass
class FakeChecks:
    found: QualityView | None = None
    is_down: bool = False

    def view(self, test: str = "", key: str = "") -> QualityView:
        if self.is_down:
            raise StoreUnavailableError
        found = self.found or view()
        kept = tuple(
            item
            for item in found.findings
            if (not test or item.test == test) and (not key or item.key == key)
        )
        return replace(found, findings=kept, strip=found.strip if key else None)


@dataclass
class FakeQuality:
    wishes: list[tuple[ManualFlag, str]] = field(default_factory=list)

    def flag(self, wish: ManualFlag) -> Report:
        self.wishes.append((wish, require(Right.CURATE).actor))
        return Report(seen=8, changed=5)

    def reprocess(self, _key, _start, _end, *, dry_run=False) -> Report:
        require(Right.CURATE)
        changed = 0 if dry_run else 3
        found = Counter(good=93, spike=3)
        return Report(96, changed, Counter(good=96), found, HintReport(2, 1))
