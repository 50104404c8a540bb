"""Gauge views: the station's facts beside what the newest cycle says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from data.observations import LatestRow
from data.region_pack.rows import GaugeRow
from services.flood.model import LEVEL_TO_LEVEL, LEVELS, Flag, GaugeResult, State
from services.flood.qc import staleness
from services.manual_readings.model import ManualReadingView
from services.planned_outages.model import Outage
from services.region import Region
from services.situation.model import GaugeView, ThresholdView
from services.thresholds.in_effect import OF_PACK, InEffect

CONTEXT_RIVERS = {
    "mosel": "Mosel",
    "rhein": "Rhein",
    "baybach": "Baybach",
    "endertbach": "Endertbach",
    "holzbach": "Holzbach",
}
"""Names of rivers that only context and donor gauges stand on."""
DISBELIEVED = (
    "Der Pegel sendet, aber seine Werte gelten als falsch und zählen nicht: durch die Prüfung oder"
    " von Hand. Für die Orte darunter ist das wie ein stummer Pegel."
)
NOT_CONNECTED = "An diesen Pegel ist in diesem System kein Sensor angebunden."


@dataclass(frozen=True, slots=True)
class PeopleSaid:
    """By gauge the readings by hand that hold, newest first, and the planned outages."""

    readings: Mapping[str, tuple[ManualReadingView, ...]] = field(default_factory=dict)
    outages: Mapping[str, Outage] = field(default_factory=dict)


NOBODY_SAID = PeopleSaid()


def gauge_views(
    region: Region,
    results: Mapping[str, GaugeResult],
    newest: Mapping[str, LatestRow],
    now: datetime,
    held: InEffect = OF_PACK,
    people: PeopleSaid = NOBODY_SAID,
) -> tuple[GaugeView, ...]:
    """Return all gauges of the region, connected ones first, downstream along each river.

    `held` are the changed thresholds that hold, over those of the pack; `people` is what was
    entered by hand: readings, and what is out of service on purpose.
    """
    rivers = {**CONTEXT_RIVERS, **{row.river_id: row.name for row in region.pack.rivers}}
    thresholds = _thresholds(region, held)
    spreads = _rating_spreads(region)
    views = [
        _view(
            row,
            rivers.get(row.river_id, row.river_id),
            thresholds.get(row.gauge_id, ()),
            spreads.get(row.gauge_id),
            results.get(row.gauge_id),
            newest.get(f"{row.gauge_id}/{row.observes}"),
            now,
            is_connected=row.gauge_id in region.connected,
        )
        for row in region.pack.gauges
    ]
    told = [_with_people(view, people, region) for view in views]
    return tuple(
        sorted(told, key=lambda view: (not view.is_connected, view.river_id, -(view.river_km or 0)))
    )


def _view(  # noqa: PLR0913  # a view joins what the pack, the run and the store know
    row: GaugeRow,
    river_name: str,
    thresholds: tuple[ThresholdView, ...],
    rating_sigma: float | None,
    result: GaugeResult | None,
    newest: LatestRow | None,
    now: datetime,
    *,
    is_connected: bool,
) -> GaugeView:
    observed_at = result.observed_at if result else (newest.phenomenon_time if newest else None)
    value = result.value if result else None
    age_min = (now - observed_at).total_seconds() / 60.0 if observed_at else None
    silent = is_connected and (
        age_min is None or staleness(age_min * 60.0) == Flag.MISSING or value is None
    )
    disbelieved = silent and newest is not None and _is_fresh(newest.phenomenon_time, now)
    return GaugeView(
        gauge_id=row.gauge_id,
        name=row.name,
        river_id=row.river_id,
        river_name=river_name,
        river_km=row.river_km,
        lat=row.lat,
        lon=row.lon,
        role=row.role,
        operator=row.operator,
        unit=row.unit,
        is_connected=is_connected,
        state=_state(result, is_connected=is_connected, is_silent=silent),
        value=value,
        observed_at=observed_at,
        age_min=age_min,
        flag=result.flag if result else Flag.MISSING,
        is_silent=silent,
        is_rising=bool(result and result.is_rising),
        trend_per_h=result.trend_per_h if result else None,
        sentence=DISBELIEVED if disbelieved else _sentence(result, is_connected=is_connected),
        is_disbelieved=disbelieved,
        thresholds=thresholds,
        mode=result.mode if result else LEVEL_TO_LEVEL,
        rating_sigma=rating_sigma,
        range_max=row.range_max,
    )


def _with_people(view: GaugeView, people: PeopleSaid, region: Region) -> GaugeView:
    """Add what people entered: whose reading the value is, why it is silent on purpose."""
    readings = people.readings.get(view.gauge_id, ())
    outage = people.outages.get(view.gauge_id)
    sentence = view.sentence
    if outage is not None and view.is_silent:
        sentence = f"{outage.words(region.timezone)}. Für die Orte darunter fehlt dieser Wert."
    return replace(
        view,
        by_hand=next((item for item in readings if item.read_at == view.observed_at), None),
        outage=outage,
        sentence=sentence,
    )


def _is_fresh(at: datetime, now: datetime) -> bool:
    return staleness((now - at).total_seconds()) != Flag.MISSING


def _state(result: GaugeResult | None, *, is_connected: bool, is_silent: bool) -> State:
    """Return the state to show: a silent gauge is never calm, its warning stays."""
    if result is None or not is_connected:
        return State.UNBEKANNT
    return State.UNBEKANNT if is_silent and result.state is State.OK else result.state


def _sentence(result: GaugeResult | None, *, is_connected: bool) -> str:
    if not is_connected:
        return NOT_CONNECTED
    return result.sentence if result else "Es liegt noch keine Berechnung vor."


def _rating_spreads(region: Region) -> dict[str, float]:
    """Return by gauge the largest relative spread of its rating's segments."""
    found: dict[str, float] = {}
    for row in region.pack.ratings:
        found[row.gauge_id] = max(found.get(row.gauge_id, 0.0), row.sigma_rel)
    return found


def _thresholds(region: Region, held: InEffect) -> dict[str, tuple[ThresholdView, ...]]:
    order = {level.value: index for index, level in enumerate(LEVELS)}
    found: dict[str, list[ThresholdView]] = {}
    for row in sorted(held.applied(region.pack).thresholds, key=lambda row: order[row.level]):
        found.setdefault(row.gauge_id, []).append(
            ThresholdView(
                State(row.level), row.value, row.owner, row.provisional, row.source,
                date.fromisoformat(row.since), held.version(row.gauge_id),
            )
        )  # fmt: skip
    return {gauge_id: tuple(views) for gauge_id, views in found.items()}
