"""Hindcast of a region pack: learn travel times on the first half, score them on the second."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from data.region_pack.model import RegionPack
from services.flood.hindcast import calibration, scoring
from services.flood.hindcast.matching import Match, lag_window_s, match_waves
from services.flood.hindcast.pairs import is_neighbour
from services.flood.hindcast.reader import Observations, ObservationsError
from services.flood.hindcast.scoring import Events, Figures, Prediction
from services.flood.hindcast.waves import Wave, find_waves, min_rise, sampling_min
from services.flood.network import GaugePair, gauge_pairs

METHOD = (
    "half-rise arrival; ln(lag) on ln(mean flow of the rise), Huber; leave-one-out spread plus "
    "sampling; calibrated on the first half of the time, scored on the second; engine and "
    "baseline: issued when the front has settled; engine_latest: newest issue before the arrival"
)


@dataclass(frozen=True, slots=True)
class PairReport:
    """What the hindcast found for one pair of gauges."""

    upper: str
    lower: str
    distance_km: float
    is_neighbour: bool
    waves_upper: int
    waves_lower: int
    matched: int
    calibration_waves: int
    basis: str
    slope: float
    sigma_ln: float | None
    score_waves: int
    too_late: int
    engine: Figures
    engine_latest: Figures
    baseline: Figures


@dataclass(frozen=True, slots=True)
class HindcastReport:
    """All pairs of a region; `pooled` figures are over neighbouring pairs only."""

    region: str
    observations: str
    timezone: str
    quantity: str
    calibration_from: datetime
    score_from: datetime
    score_until: datetime
    min_rise: Mapping[str, float]
    dropped: Mapping[str, Mapping[str, int]]
    pairs: tuple[PairReport, ...]
    further_pairs: tuple[PairReport, ...]
    pooled_engine: Figures
    pooled_engine_latest: Figures
    pooled_baseline: Figures

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON: times as ISO 8601 in UTC, missing figures as None."""
        times = {
            name: value.isoformat().replace("+00:00", "Z")
            for name, value in (
                ("calibration_from", self.calibration_from),
                ("score_from", self.score_from),
                ("score_until", self.score_until),
            )
        }
        return {
            "region": self.region,
            "observations": self.observations,
            "timezone": self.timezone,
            "quantity": self.quantity,
            "method": METHOD,
            **times,
            "min_rise": dict(self.min_rise),
            "dropped": {reason: dict(counts) for reason, counts in self.dropped.items()},
            "pairs": [asdict(pair) for pair in self.pairs],
            "further_pairs": [asdict(pair) for pair in self.further_pairs],
            "pooled": {
                "engine": asdict(self.pooled_engine),
                "engine_latest": asdict(self.pooled_engine_latest),
                "baseline": asdict(self.pooled_baseline),
            },
        }


@dataclass(frozen=True, slots=True)
class _Setting:
    """Everything that the pairs share: waves, steps, the middle and the end of the time."""

    observed: Observations
    waves: Mapping[str, tuple[Wave, ...]]
    middle_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class _Scored:
    """A pair's report with what pooling needs."""

    report: PairReport
    engine: tuple[Prediction, ...]
    latest: tuple[Prediction, ...]
    baseline: tuple[Prediction, ...]
    events: Events


def hindcast(pack: RegionPack, observations: Observations, timezone: str = "UTC") -> HindcastReport:
    """Return the figures of all gauge pairs of `pack` for past observations.

    Parameters
    ----------
    pack
        Any region pack; the gauge ids of `observations` are its own.
    observations
        What `reader.read_observations` found in a file.
    timezone
        Zone in which the file's times without offset were read; named in the report.

    Raises
    ------
    ObservationsError
        When no two of the gauges lie on one way down.
    """
    observed = observations
    pairs = gauge_pairs(pack, observed.series.keys())
    if not pairs:
        reason = "keine zwei Pegel dieser Datei liegen im Regionsordner am selben Flusslauf"
        raise ObservationsError(observed.name, reason, 0, "ID")
    start_s = min(float(item.times_s[0]) for item in observed.series.values())
    end_s = max(float(item.times_s[-1]) for item in observed.series.values())
    waves = {gauge_id: find_waves(item) for gauge_id, item in observed.series.items()}
    setting = _Setting(observed, waves, (start_s + end_s) / 2.0, end_s)
    scored = [_score(pair, setting, is_neighbour=is_neighbour(pair, pairs)) for pair in pairs]
    near = [item for item in scored if item.report.is_neighbour]
    return HindcastReport(
        region=pack.info.id,
        observations=observed.name,
        timezone=timezone,
        quantity=observed.quantity,
        calibration_from=datetime.fromtimestamp(start_s, tz=UTC),
        score_from=datetime.fromtimestamp(setting.middle_s, tz=UTC),
        score_until=datetime.fromtimestamp(end_s, tz=UTC),
        min_rise={name: round(min_rise(item), 3) for name, item in observed.series.items()},
        dropped=observed.dropped,
        pairs=tuple(item.report for item in near),
        further_pairs=tuple(item.report for item in scored if not item.report.is_neighbour),
        pooled_engine=_pooled(near, [item.engine for item in near]),
        pooled_engine_latest=_pooled(near, [item.latest for item in near]),
        pooled_baseline=_pooled(near, [item.baseline for item in near]),
    )


def _score(pair: GaugePair, setting: _Setting, *, is_neighbour: bool) -> _Scored:
    upper, lower = setting.waves[pair.upper], setting.waves[pair.lower]
    matches = match_waves(upper, lower, pair.distance_km)
    learnt = [item for item in matches if item.lower.arrival_s < setting.middle_s]
    events = _events(pair, setting, matches)
    series = setting.observed.series
    sampling = calibration.sampling_sigma_min(
        sampling_min(series[pair.upper]), sampling_min(series[pair.lower])
    )
    floor = float(series[pair.upper].values.min()) if setting.observed.quantity == "H" else 0.0
    model = calibration.calibrate(learnt, pair.distance_km, pair.celerity, sampling, floor)
    plain = calibration.baseline(learnt, pair.distance_km, sampling)
    engine = scoring.predictions(model, events.matches)
    latest = scoring.latest_predictions(model, events.matches)
    base = scoring.predictions(plain, events.matches)
    report = PairReport(
        upper=pair.upper,
        lower=pair.lower,
        distance_km=round(pair.distance_km, 3),
        is_neighbour=is_neighbour,
        waves_upper=len(upper),
        waves_lower=len(lower),
        matched=len(matches),
        calibration_waves=len(learnt),
        basis=_basis(len(learnt)),
        slope=round(model.slope, 4),
        sigma_ln=model.sigma_ln if model.sigma_ln is None else round(model.sigma_ln, 4),
        score_waves=len(events.matches),
        too_late=len(events.matches) - len(engine),
        engine=_figures(engine, events),
        engine_latest=_figures(latest, events),
        baseline=_figures(base, events),
    )
    return _Scored(report, engine, latest, base, events)


def _events(pair: GaugePair, setting: _Setting, matches: Sequence[Match]) -> Events:
    """Return what counts in the score half; waves whose partner may lie outside it are left out."""
    middle, (_, longest) = setting.middle_s, lag_window_s(pair.distance_km)
    above = {id(item.upper) for item in matches}
    below = {id(item.lower) for item in matches}
    return Events(
        matches=tuple(item for item in matches if item.upper.arrival_s >= middle),
        unmatched_below=sum(
            id(wave) not in below and wave.arrival_s >= middle + longest
            for wave in setting.waves[pair.lower]
        ),
        unmatched_above=sum(
            id(wave) not in above and middle <= wave.arrival_s <= setting.end_s - longest
            for wave in setting.waves[pair.upper]
        ),
    )


def _figures(scored: Sequence[Prediction], events: Events) -> Figures:
    return scoring.figures(
        scored, len(events.matches), events.unmatched_below, events.unmatched_above
    )


def _pooled(near: Sequence[_Scored], groups: Sequence[tuple[Prediction, ...]]) -> Figures:
    events = Events(
        matches=tuple(match for item in near for match in item.events.matches),
        unmatched_below=sum(item.events.unmatched_below for item in near),
        unmatched_above=sum(item.events.unmatched_above for item in near),
    )
    return _figures([item for group in groups for item in group], events)


def _basis(count: int) -> str:
    if count < calibration.MIN_EVENTS:
        return f"prior celerity: only {count} matched waves in the calibration half"
    return f"regression on {count} matched waves"
