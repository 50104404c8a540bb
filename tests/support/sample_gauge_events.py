"""Waves of a gauge by hand: a running one, one whose peak lies in a gap, and a calm one."""

from datetime import datetime, timedelta

from services.flood.model import Flag
from services.gauge_events.detection import waves
from services.gauge_events.figures import Basis, figures, window
from services.gauge_events.model import GaugeRecord
from services.gauge_events.service import lowest
from services.situation.model import GaugeView
from tests.support.sample_context import CONTEXT
from tests.support.sample_water import NOW

STEP = timedelta(minutes=15)
LOW = 0.5
FIRST = NOW - timedelta(days=40)


def readings(start, *values, flag=Flag.GOOD, step=STEP):
    """Return readings of one flag from an instant on; None is a reading that is not there."""
    return [
        (start + step * index, value, flag)
        for index, value in enumerate(values)
        if value is not None
    ]


def triangle(low, peak, up, down):
    """Return values that rise to a peak in so many steps and fall again."""
    rise = [low + (peak - low) * index / up for index in range(up)]
    return [*rise, *(peak - (peak - low) * index / down for index in range(down + 1))]


def record_of_nitz():
    """Return the readings of a gauge with three waves; the last one still rises."""
    calm = [LOW] * 8
    gap = triangle(LOW, 1.6, 16, 40)
    gap[14:26] = [None] * 12
    return [
        *readings(FIRST, *calm, *triangle(LOW, 1.2, 24, 60), *calm),
        *readings(NOW - timedelta(days=12), *calm, *gap, *calm),
        *readings(NOW - timedelta(hours=7), *calm, *(LOW + index * 0.04 for index in range(21))),
    ]


class FakeGaugeEvents:
    """Finds and measures waves in readings of its own, as the service does in those stored."""

    def __init__(self) -> None:
        self.values = {"iot-nitz": record_of_nitz()}
        self.now: datetime = NOW

    def record(self, gauge: GaugeView) -> GaugeRecord:
        threshold, values = lowest(gauge), self.values.get(gauge.gauge_id, [])
        if threshold is None or not values:
            return GaugeRecord(threshold, peaks=CONTEXT.events if gauge.role == "state" else ())
        valid = [(at, value) for at, value, flag in values if flag <= Flag.NOT_EVALUATED]
        found = waves(valid, threshold.value, self.now)
        running = next((wave for wave in found if wave.is_ongoing), None)
        higher = sum(running is not None and wave.peak > running.peak for wave in found)
        return GaugeRecord(threshold, tuple(found[::-1]), CONTEXT.events, FIRST, higher=higher)

    def figures(self, gauge, chosen):
        row = lowest(gauge)
        if row is None:
            return ()
        basis = Basis(row.value, STEP, self.now)
        made = []
        for wave in chosen:
            start, end = window(wave, self.now)
            inside = [v for v in self.values[gauge.gauge_id] if start <= v[0] <= end]
            made.append(figures(inside, wave, basis))
        return tuple(made)
