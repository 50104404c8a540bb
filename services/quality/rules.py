"""Which limits hold for a datastream: the product's, the region's, the gauge's own range."""

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from data.region_pack.quality import QualityFile, TestLimits, load_quality
from data.region_pack.rows import GaugeRow
from services.flood.qc import Limits, limits_for

LIMITED = frozenset({"stage", "discharge"})
"""Properties whose range is that of their gauge."""
DIGEST_LENGTH = 12
_OPEN = Limits(
    range_min=-math.inf,
    range_max=math.inf,
    rate_suspect=math.inf,
    rate_fail=math.inf,
    spike_suspect=math.inf,
    spike_fail=math.inf,
    jump_suspect=math.inf,
    flat_tolerance=0.0,
    flat_suspect_h=math.inf,
    flat_fail_h=math.inf,
)
"""Limits that nothing exceeds: a test without a limit is not made."""
_NAMES = {
    "fail_min": "range_min",
    "fail_max": "range_max",
    "suspect_min": "user_min",
    "suspect_max": "user_max",
}


@dataclass(frozen=True, slots=True)
class Checks:
    """The tests of one datastream; `flat_alone`: a flat line speaks without its neighbours."""

    limits: Limits
    flat_alone: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """Limits of all datastreams; `digest` names this version of the configuration."""

    by_property: Mapping[str, Checks]
    by_stream: Mapping[str, Checks]
    digest: str

    def of(self, key: str) -> Checks | None:
        """Return the tests of a datastream, None where nothing is configured for it."""
        found = self.by_stream.get(key)
        return found or self.by_property.get(key.rpartition("/")[2])


def shipped() -> QualityFile:
    """Return the limits that come with the product."""
    return load_quality(Path(__file__).parent)


def make_rules(gauges: Iterable[GaugeRow], own: QualityFile | None = None) -> Rules:
    """Return the rules of a region: its own limits over those of the product."""
    found = own or QualityFile()
    by_property: dict[str, Checks] = {}
    for row in (*shipped().property, *found.property):
        before = by_property.get(row.observed_property, Checks(_OPEN))
        by_property[row.observed_property] = _over(before, row)
    by_stream = {
        f"{row.gauge_id}/{row.observes}": Checks(limits_for(row.unit, row.range_min, row.range_max))
        for row in gauges
    }
    regional = {row.observed_property: row for row in found.property}
    for key, checks in by_stream.items():
        differs = regional.get(key.rpartition("/")[2])
        if differs is not None:
            by_stream[key] = _over(checks, differs)
    for stream in found.datastream:
        start = by_stream.get(stream.key) or by_property.get(stream.key.rpartition("/")[2])
        by_stream[stream.key] = _over(start or Checks(_OPEN), stream)
    text = repr((sorted(by_property.items()), sorted(by_stream.items())))
    return Rules(by_property, by_stream, hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH])


def _over(base: Checks, row: TestLimits) -> Checks:
    known = {field.name for field in fields(Limits)}
    changed: dict[str, Any] = {}
    for name in TestLimits.model_fields:
        value, target = getattr(row, name), _NAMES.get(name, name)
        if value is not None and target in known:
            changed[target] = value
    alone = base.flat_alone if row.flat_alone is None else row.flat_alone
    return Checks(replace(base.limits, **changed), alone)
