"""The verb `learn`: searches the store for travel times, lists proposals, stores a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from config import Settings
from services.flood.learning.service import LearningService
from services.flood.learning.views import LagView
from verbs.acting import acting_as
from wiring import wire


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decides about one travel time."""

    lag_id: str
    accept: bool
    by: str
    comment: str


def learn(settings: Settings, days: int, decision: Decision | None) -> dict[str, Any]:
    """Search the last days, store a decision if there is one, and return what is open."""
    wired = wire(settings)
    try:
        return _report(wired.learning, timedelta(days=days), decision)
    finally:
        wired.engine.dispose()


def summary(report: Mapping[str, Any]) -> str:
    """Return the report as lines for the terminal."""
    lines = [
        f"{item['id']}  {item['event']}  {item['from']} bis {item['to']}, {item['kind']}: "
        f"{item['lag_min']:.0f} Min., {item['speed_ms']:.2f} m/s, {item['flow_class']}"
        + (f"  [{item['warning']}]" if item["warning"] else "")
        for item in report["proposals"]
    ]
    lines += [
        f"ausgelassen: {item['from']} bis {item['to']}, {item['event']}: {item['reason']}"
        for item in report["refused"]
    ]
    open_ones = len(report["proposals"])
    lines.append(
        f"{report['new']} neue Laufzeiten, {open_ones} offen. "
        f"Wellengeschwindigkeiten: Version {report['version']}."
    )
    return "\n".join(lines)


def _report(
    learning: LearningService, back: timedelta, decision: Decision | None
) -> dict[str, Any]:
    found = learning.extract(back=back)
    if decision is not None:
        with acting_as(decision.by):
            learning.decide(decision.lag_id, accept=decision.accept, comment=decision.comment)
    return {
        "version": learning.version(),
        "new": found.new,
        "proposals": [_proposal(view) for view in learning.pending()],
        "refused": [
            {"from": item.upper, "to": item.lower, "event": item.event, "reason": item.reason}
            for item in found.extraction.refused
        ],
    }


def _proposal(view: LagView) -> dict[str, Any]:
    return {
        "id": view.lag_id,
        "from": view.upper_name,
        "to": view.lower_name,
        "kind": view.kind,
        "event": view.event,
        "at": view.upper_at.isoformat().replace("+00:00", "Z"),
        "lag_min": round(view.lag_min, 1),
        "lag_min_80": [round(view.low_min, 1), round(view.high_min, 1)],
        "speed_ms": round(view.speed_ms, 3),
        "flow_class": view.flow_class,
        "exceedance": None if view.exceedance is None else round(view.exceedance, 2),
        "origin": view.origin,
        "warning": view.warning,
    }
