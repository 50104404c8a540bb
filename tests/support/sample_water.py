"""Sample gauges, villages and situations in all states, for tests and for looking at screens."""

# ruff: noqa: PLR0913, FBT003
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from services.flood.model import (
    LEVELS,
    OUTLOOK_QUANTILES,
    Band,
    Flag,
    LevelOutlook,
    State,
    VillageResult,
)
from services.quality.views import FlaggedWindow
from services.situation.model import (
    ClockView,
    GaugeDetail,
    GaugeView,
    PlanningPath,
    Point,
    Situation,
    ThresholdView,
    VillageDetail,
    VillageView,
)
from services.situation.rivers import RiverLine, RiverWalk, WalkPoint
from tests.support.sample_quality import flagged

NOW = datetime(2021, 7, 14, 15, 52, tzinfo=UTC)
RUN_AT = NOW - timedelta(minutes=2)
OWNER = "Schätzung, nicht bestätigt"
RIVERS = {
    "nette": "Nette",
    "nitzbach": "Nitzbach",
    "thuererbach": "Thürer/Krufter Bach",
    "elzbach": "Elzbach",
    "saynbach": "Saynbach",
    "brexbach": "Brexbach",
    "kleinersaynbach": "Kleiner Saynbach",
}


def clock(*, is_simulated: bool = True) -> ClockView:
    if not is_simulated:
        return ClockView("live", NOW, NOW)
    wall = datetime(2026, 11, 21, 21, 57, tzinfo=UTC)
    return ClockView("replay", NOW, wall, "2021-07", "Juli 2021", 20.0)


def thresholds(low: float, middle: float, high: float) -> tuple[ThresholdView, ...]:
    levels = (State.VORALARM, State.WARNUNG, State.ALARM)
    return tuple(
        ThresholdView(level, value, OWNER, True, "Wasserstand der simulierten Wahrheit bei HQ")
        for level, value in zip(levels, (low, middle, high), strict=True)
    )


def gauge(
    gauge_id: str,
    name: str,
    river_id: str,
    km: float | None,
    place: tuple[float, float] | None,
    state: State,
    value: float | None,
    **changes: object,
) -> GaugeView:
    made = GaugeView(
        gauge_id=gauge_id,
        name=name,
        river_id=river_id,
        river_name=RIVERS.get(river_id, river_id.capitalize()),
        river_km=km,
        lat=place[0] if place else None,
        lon=place[1] if place else None,
        role="target",
        operator="Landkreis Mayen-Koblenz",
        unit="m",
        is_connected=True,
        state=state,
        value=value,
        observed_at=NOW - timedelta(minutes=7),
        age_min=7.0,
        flag=Flag.GOOD,
        is_silent=False,
        is_rising=state in (State.ALARM, State.WARNUNG),
        trend_per_h=0.02,
        sentence="Gleichbleibend um 0,52 m; keine Schwelle in den nächsten 12 Stunden.",
        thresholds=thresholds(0.95, 1.13, 1.25),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


NITZ = gauge(
    "iot-nitz",
    "Nitz",
    "nitzbach",
    16,
    (50.333, 7.017),
    State.ALARM,
    1.31,
    trend_per_h=0.32,
    sentence="Steigt um 32 cm je Stunde; Alarm 1,25 m ist seit 17:31 Uhr überschritten.",
)
FALKLEY = gauge(
    "iot-falkley",
    "Camping Falkley",
    "nette",
    43,
    (50.395, 7.165),
    State.WARNUNG,
    1.18,
    trend_per_h=0.21,
    thresholds=thresholds(0.9, 1.1, 1.4),
    sentence="Steigt um 21 cm je Stunde; Alarm 1,40 m mit 8 von 10 Verläufen bis 19:10 Uhr.",
)
HAMMESMUEHLE = gauge(
    "iot-hammesmuehle",
    "Hammesmühle",
    "nette",
    34,
    (50.345, 7.195),
    State.UNBEKANNT,
    None,
    observed_at=NOW - timedelta(minutes=137),
    age_min=137.0,
    is_silent=True,
    flag=Flag.MISSING,
    trend_per_h=None,
    sentence="Meldet seit 15:35 Uhr nicht, zuletzt 1,02 m bei Anstieg.",
)
THUER = gauge(
    "iot-thuer",
    "Thür",
    "thuererbach",
    9,
    (50.357, 7.277),
    State.UNBEKANNT,
    None,
    observed_at=None,
    age_min=None,
    is_silent=True,
    trend_per_h=None,
    sentence="Es liegt kein Messwert vor.",
)
BERMEL = gauge(
    "iot-bermel",
    "Bermel",
    "elzbach",
    42.5,
    (50.28, 7.085),
    State.VORALARM,
    0.97,
    trend_per_h=0.08,
    sentence="Steigt um 8 cm je Stunde; Voralarm 0,95 m überschritten.",
)
BREITENAU = gauge("iot-breitenau", "Breitenau", "saynbach", 21, (50.503, 7.69), State.OK, 0.52)
MONREAL = gauge("kom-monreal", "Monreal", "elzbach", 33.4, (50.3005, 7.16), State.OK, 0.61)
WERNERSECK = gauge(
    "27140205",
    "Wernerseck",
    "nette",
    11,
    (50.370081, 7.374463),
    State.UNBEKANNT,
    None,
    operator="LfU Rheinland-Pfalz",
    is_connected=False,
    observed_at=None,
    age_min=None,
    thresholds=(),
    trend_per_h=None,
    sentence="An diesen Pegel ist in diesem System kein Sensor angebunden.",
)
COCHEM = gauge(
    "26900400",
    "Cochem",
    "mosel",
    None,
    None,
    State.UNBEKANNT,
    None,
    role="context",
    operator="WSV",
    is_connected=False,
    observed_at=None,
    age_min=None,
    thresholds=(),
    trend_per_h=None,
    sentence="An diesen Pegel ist in diesem System kein Sensor angebunden.",
)
GAUGES = (NITZ, FALKLEY, HAMMESMUEHLE, THUER, BERMEL, BREITENAU, MONREAL, WERNERSECK, COCHEM)


def outlook(likely: datetime, state: State) -> dict[State, LevelOutlook]:
    """Arrivals of the state's level and those below, an hour's spread around `likely`."""
    told = tuple(likely + timedelta(minutes=120 * (q - 0.5)) for q in OUTLOOK_QUANTILES)
    known = LEVELS[: LEVELS.index(state) + 1] if state in LEVELS else ()
    return {level: LevelOutlook(told, {"1h": 0.1, "3h": 0.6, "12h": 0.9}) for level in known}


def result(
    place_id: str,
    river_id: str,
    state: State,
    minutes: tuple[float, float, float] | None,
    **changes: object,
) -> VillageResult:
    """Make a result that arrives `minutes` (P10, P50, P90) from now."""
    times = [NOW + timedelta(minutes=value) for value in minutes] if minutes else [None] * 3
    made = VillageResult(
        place_id=place_id,
        river_id=river_id,
        state=state,
        level=state if state in (State.ALARM, State.WARNUNG, State.VORALARM) else None,
        degraded=False,
        degraded_reasons=(),
        earliest=times[0],
        likely=times[1],
        latest=times[2],
        usable_p10_min=max(0.0, minutes[0] - 20) if minutes else None,
        usable_p50_min=max(0.0, minutes[1] - 20) if minutes else None,
        p_exceed={"1h": 0.1, "3h": 0.6, "6h": 0.8, "12h": 0.9} if minutes else {},
        confidence="mittel",
        driving_gauge="iot-nitz",
        path_kind="upstream",
        data_at=NOW - timedelta(minutes=7),
        state_since=NOW - timedelta(minutes=40),
        held_since=None,
        has_gauge_above=True,
        lower_cycles=0,
        sentence="Pegel Nitz steigt; die Welle braucht 52 bis 158 Minuten bis hierher.",
        outlook=outlook(times[1], state) if times[1] is not None else {},
        peak_class="Alarmstufe" if state is State.ALARM else None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def village(
    place_id: str,
    name: str,
    river_id: str,
    km: float,
    place: tuple[float, float],
    state: State = State.OK,
    minutes: tuple[float, float, float] | None = None,
    gauge_name: str = "Nitz",
    **changes: object,
) -> VillageView:
    view_names = {"has_gauge_above", "side_brook_risk", "exposed", "in_region", "result"}
    own = {key: value for key, value in changes.items() if key in view_names}
    inner = {key: value for key, value in changes.items() if key not in view_names}
    made = VillageView(
        place_id=place_id,
        river_id=river_id,
        name=name,
        river_name=RIVERS[river_id],
        river_km=km,
        lat=place[0],
        lon=place[1],
        in_region=True,
        exposed=True,
        has_gauge_above=True,
        side_brook_risk=False,
        state=state,
        driving_gauge_name=gauge_name,
        result=result(place_id, river_id, state, minutes, **inner),
    )
    return replace(made, **own)  # type: ignore[arg-type]


BLIND: dict[str, Any] = {
    "has_gauge_above": False,
    "gauge_name": "",
    "driving_gauge": None,
    "data_at": None,
}
NONE = {"state": State.UNBEKANNT}
VILLAGES = (
    village("virneburg", "Virneburg", "nitzbach", 9, (50.343, 7.077), State.ALARM, (14, 62, 118)),
    village("nitztal", "Mayen-Nitztal", "nitzbach", 3, (50.352, 7.14), State.ALARM, (74, 138, 230)),
    village(
        "rieden-muehlen",
        "Rieden (Riedener Mühlen)",
        "nette",
        42.6,
        (50.391, 7.165),
        State.WARNUNG,
        (25, 40, 66),
        "Camping Falkley",
    ),
    village(
        "st-johann-buerresheim",
        "Schloss Bürresheim / St. Johann",
        "nette",
        36.3,
        (50.3535, 7.18),
        State.WARNUNG,
        (105, 190, 310),
    ),
    village(
        "mayen",
        "Mayen (Altstadt, Bachstraße)",
        "nette",
        30.7,
        (50.32797, 7.22277),
        State.WARNUNG,
        (131, 262, 420),
        degraded=True,
        degraded_reasons=("Hammesmühle fehlt, aus dem Oberlauf gerechnet",),
    ),
    village("trimbs", "Trimbs", "nette", 23.4, (50.31667, 7.3), State.VORALARM, (226, 402, 560)),
    village(
        "welling", "Welling", "nette", 22, (50.33333, 7.31667), State.VORALARM, (241, 421, 590)
    ),
    village(
        "polch-ruitsch",
        "Polch-Ruitsch",
        "nette",
        18.6,
        (50.322, 7.345),
        State.VORALARM,
        None,
        usable_p10_min=None,
        held_since=NOW - timedelta(minutes=95),
    ),
    village(
        "ochtendung-nettetal",
        "Ochtendung (Nettetal, Mühlen)",
        "nette",
        12.5,
        (50.362, 7.375),
        State.VORALARM,
        (350, 540, 690),
    ),
    village("plaidt", "Plaidt", "nette", 7.3, (50.3926, 7.39251), State.VORALARM, (470, 610, 715)),
    village("miesenheim", "Andernach-Miesenheim", "nette", 4.6, (50.404, 7.415), State.OK),
    village(
        "weissenthurm-nettemuendung",
        "Weißenthurm (Nettemündung)",
        "nette",
        0.5,
        (50.41719, 7.45072),
        State.OK,
    ),
    village("weibern", "Weibern", "nette", 48, (50.408, 7.147), State.UNBEKANNT, None, **BLIND),
    village("volkesfeld", "Volkesfeld", "nette", 44, (50.4, 7.15), State.UNBEKANNT, None, **BLIND),
    village(
        "bruecktal", "Brücktal", "nitzbach", 20, (50.31667, 6.98333), State.UNBEKANNT, None, **BLIND
    ),
    village(
        "kruft",
        "Kruft",
        "thuererbach",
        4,
        (50.387, 7.34),
        State.UNBEKANNT,
        None,
        "Thür",
        data_at=None,
    ),
    village(
        "plaidt",
        "Plaidt",
        "thuererbach",
        0.5,
        (50.3926, 7.39251),
        State.UNBEKANNT,
        None,
        "Thür",
        data_at=None,
    ),
    village(
        "monreal",
        "Monreal",
        "elzbach",
        33.4,
        (50.3005, 7.16),
        State.VORALARM,
        (120, 240, 330),
        "Bermel",
    ),
    village("niederelz", "Bermel (Niederelz)", "elzbach", 42.5, (50.28333, 7.08333), State.OK),
    village("roes-pyrmont", "Roes (Pyrmonter Mühle)", "elzbach", 12.7, (50.236, 7.285), State.OK),
    village("burg-eltz", "Wierschem (Burg Eltz)", "elzbach", 4.6, (50.205, 7.337), State.OK),
    village("moselkern", "Moselkern", "elzbach", 0.8, (50.1925, 7.369), State.OK),
    village("breitenau", "Breitenau", "saynbach", 21, (50.49806, 7.69056), State.OK),
    village("kausen", "Kausen (Großmaischeid)", "saynbach", 17, (50.49596, 7.65794), State.OK),
    village(
        "isenburg", "Isenburg", "saynbach", 10.1, (50.479, 7.589), State.OK, side_brook_risk=True
    ),
    village("bendorf-sayn", "Bendorf-Sayn", "saynbach", 3.6, (50.4385, 7.5755), State.OK),
    village(
        "bendorf-sayn",
        "Bendorf-Sayn",
        "brexbach",
        0.6,
        (50.4385, 7.5755),
        State.UNBEKANNT,
        None,
        **BLIND,
    ),
    village(
        "selters",
        "Selters (Westerwald)",
        "saynbach",
        29.5,
        (50.5325, 7.7558),
        State.UNBEKANNT,
        None,
        **BLIND,
    ),
)
LINES = {
    "nette": [
        (50.445, 7.065),
        (50.408, 7.147),
        (50.395, 7.165),
        (50.3535, 7.18),
        (50.328, 7.2228),
        (50.3167, 7.3),
        (50.333, 7.317),
        (50.322, 7.345),
        (50.362, 7.375),
        (50.3926, 7.3925),
        (50.404, 7.415),
        (50.424, 7.448),
    ],
    "nitzbach": [
        (50.31, 6.95),
        (50.3167, 6.983),
        (50.333, 7.017),
        (50.343, 7.077),
        (50.352, 7.14),
        (50.3535, 7.18),
    ],
    "thuererbach": [(50.36, 7.24), (50.357, 7.277), (50.387, 7.34), (50.392, 7.395)],
    "elzbach": [
        (50.2856, 6.9536),
        (50.2667, 7.05),
        (50.2833, 7.0833),
        (50.3005, 7.16),
        (50.262, 7.22),
        (50.236, 7.285),
        (50.205, 7.337),
        (50.1897, 7.3694),
    ],
    "saynbach": [
        (50.5706, 7.8706),
        (50.543, 7.785),
        (50.5325, 7.7558),
        (50.516, 7.725),
        (50.498, 7.69),
        (50.496, 7.658),
        (50.479, 7.589),
        (50.4385, 7.5755),
        (50.4186, 7.5575),
    ],
    "brexbach": [(50.4347, 7.7383), (50.4535, 7.66), (50.4372, 7.5717)],
    "kleinersaynbach": [(50.5394, 7.8894), (50.5131, 7.7222)],
}
RIVER_STATES = {
    "nette": State.WARNUNG,
    "nitzbach": State.ALARM,
    "elzbach": State.VORALARM,
    "saynbach": State.OK,
}


def situation(name: str = "flood") -> Situation:
    """Return the situation "flood", "calm", "silent" or "empty" (no run yet)."""
    made = Situation(
        region_name="Landkreis Mayen-Koblenz",
        clock=clock(),
        run_id="run-1",
        run_at=RUN_AT,
        run_kind="zyklus",
        is_stale=False,
        headline="2 Orte erreicht das Hochwasser in weniger als 90 Minuten",
        subline=(
            "Pegel Nitz steigt um 32 cm je Stunde. Die Pegel Hammesmühle, Thür melden nicht."
            " Für 5 Orte gibt es keinen Pegel oberhalb."
        ),
        gauges=GAUGES,
        villages=VILLAGES,
        rejected_last_day=3,
        faults=(),
    )
    return _VARIANTS[name](made)


def _calm(made: Situation) -> Situation:
    villages = tuple(
        replace(v, state=State.OK, result=result(v.place_id, v.river_id, State.OK, None))
        if v.has_gauge_above
        else v
        for v in VILLAGES
    )
    gauges = tuple(
        replace(
            g,
            state=State.OK,
            value=0.52,
            is_silent=False,
            age_min=7.0,
            trend_per_h=0.0,
            observed_at=NOW - timedelta(minutes=7),
        )
        if g.is_connected
        else g
        for g in GAUGES
    )
    return replace(
        made,
        villages=villages,
        gauges=gauges,
        clock=clock(is_simulated=False),
        headline="Alle 22 überwachten Orte liegen unter ihren Schwellen",
        subline="Für 5 Orte gibt es keinen Pegel oberhalb.",
        rejected_last_day=0,
    )


def _silent(made: Situation) -> Situation:
    gauges = tuple(
        replace(
            g,
            state=State.UNBEKANNT,
            value=None,
            is_silent=True,
            age_min=190.0,
            trend_per_h=None,
            observed_at=NOW - timedelta(minutes=190),
        )
        if g.is_connected
        else g
        for g in GAUGES
    )
    villages = tuple(
        replace(
            v, state=State.UNBEKANNT, result=result(v.place_id, v.river_id, State.UNBEKANNT, None)
        )
        for v in VILLAGES
    )
    return replace(
        made,
        gauges=gauges,
        villages=villages,
        is_stale=True,
        headline="Keine Aussage für 22 Orte: die Messwerte fehlen",
        subline="Die Pegel Nitz, Camping Falkley, Hammesmühle und 4 weitere melden nicht.",
        faults=(
            "Nette: Die Berechnung dieses Gewässers ist gescheitert, die anderen laufen weiter.",
        ),
    )


def _empty(made: Situation) -> Situation:
    gauges = tuple(
        replace(
            g,
            state=State.UNBEKANNT,
            value=None,
            is_silent=g.is_connected,
            age_min=None,
            observed_at=None,
            trend_per_h=None,
            sentence="Es liegt noch keine Berechnung vor.",
        )
        for g in GAUGES
    )
    villages = tuple(
        replace(v, state=State.UNBEKANNT, result=None, driving_gauge_name="") for v in VILLAGES
    )
    return replace(
        made,
        gauges=gauges,
        villages=villages,
        run_id=None,
        run_at=None,
        run_kind="",
        is_stale=True,
        headline="Noch keine Berechnung – die Lage ist unbekannt",
        subline="",
    )


_VARIANTS: dict[str, Callable[[Situation], Situation]] = {
    "flood": lambda made: made,
    "calm": _calm,
    "silent": _silent,
    "empty": _empty,
}


def points(window_h: int, *, has_gap: bool = True) -> tuple[Point, ...]:
    """Return readings every 15 minutes with a wave, a gap, a suspect and a failed value."""
    count = window_h * 4
    made = []
    for index in range(count + 1):
        at = NOW - timedelta(minutes=7 + 15 * (count - index))
        hours_before = (NOW - at).total_seconds() / 3600
        value: float | None = 0.48 + 0.9 / (1 + (hours_before / 3.2) ** 2.4)
        flag = Flag.GOOD
        if has_gap and 18 < hours_before < 21.4:
            value = None
            flag = Flag.MISSING
        if index == count - 30:
            value, flag = 0.92, Flag.SUSPECT
        if index == count - 60:
            value, flag = 2.9, Flag.FAIL
        made.append(Point(at, None if value is None else round(value, 3), flag))
    return tuple(made)


def band() -> Band:
    steps = range(0, 13 * 60, 15)
    times = tuple(NOW - timedelta(minutes=7) + timedelta(minutes=step) for step in steps)
    middle = tuple(1.31 + 0.55 * (1 - 2.718 ** (-step / 150)) for step in steps)
    return Band(
        times,
        tuple(value - 0.0009 * step for value, step in zip(middle, steps, strict=True)),
        middle,
        tuple(value + 0.0011 * step for value, step in zip(middle, steps, strict=True)),
    )


def chances() -> dict[State, dict[str, float]]:
    most = {State.VORALARM: 1.0, State.WARNUNG: 0.97, State.ALARM: 0.71}
    hours = {"1h": 0.4, "2h": 0.7, "3h": 0.8, "6h": 0.9, "12h": 1.0}
    return {
        level: {name: round(p * share, 2) for name, share in hours.items()}
        for level, p in most.items()
    }


def gauge_detail(found: GaugeView, window_h: int) -> GaugeDetail:
    has_values = found.is_connected and found.value is not None
    shown = points(window_h) if found.is_connected and found.observed_at else ()
    return GaugeDetail(
        gauge=found,
        window_h=window_h,
        points=shown,
        quality=flagged(f"{found.gauge_id}/stage", shown) if shown else FlaggedWindow(),
        band=band() if has_values else None,
        run_at=RUN_AT,
        crossing_p50={State.ALARM: NOW + timedelta(minutes=55), State.WARNUNG: None},
        p_within=chances() if has_values else {},
        crossing_p10={State.ALARM: NOW + timedelta(minutes=40)},
        crossing_p90={State.ALARM: NOW + timedelta(minutes=95)},
        upstream=(NITZ,) if found is HAMMESMUEHLE else (),
        downstream=(HAMMESMUEHLE,) if found is NITZ else (),
        villages_below=tuple(v for v in VILLAGES if v.river_id in (found.river_id, "nette"))
        if found.is_connected
        else (),
    )


def village_detail(place_id: str, found: Situation) -> VillageDetail:
    own = tuple(v for v in found.villages if v.place_id == place_id)
    path = PlanningPath(
        "iot-nitz",
        "Nitz",
        21.6,
        172.0,
        327.0,
        524.0,
        136.0,
        291.0,
        "Wellengeschwindigkeit 1,10 m/s aus 1 Ereignis und Vorwissen",
        False,
    )
    silent = PlanningPath(
        "iot-hammesmuehle",
        "Hammesmühle",
        3.3,
        26.0,
        50.0,
        80.0,
        0.0,
        14.0,
        "Wellengeschwindigkeit 1,10 m/s aus Vorwissen",
        True,
    )
    return VillageDetail(
        place_id=place_id,
        name=own[0].name,
        municipality="Mayen",
        municipality_population=19284,
        note="Überschwemmt 2016 und 2021.",
        rivers=own,
        paths={v.river_id: (path, silent) if v.has_gauge_above else () for v in own},
        run_at=found.run_at,
    )


def walk(river_id: str, found: Situation) -> RiverWalk:
    made = [
        WalkPoint(
            v.name,
            "ort",
            v.place_id,
            v.river_km,
            v.state,
            v.result.earliest if v.result else None,
            v.result.likely if v.result else None,
            v.result.latest if v.result else None,
        )
        for v in found.villages
        if v.river_id == river_id
    ]
    made += [
        WalkPoint(g.name, "pegel", g.gauge_id, g.river_km, g.state, None, None, None)
        for g in found.gauges
        if g.river_id == river_id and g.is_connected and g.river_km is not None
    ]
    return RiverWalk(river_id, RIVERS[river_id], found.clock.now, tuple(made))


def river_lines() -> tuple[RiverLine, ...]:
    return tuple(
        RiverLine(
            river_id,
            RIVERS[river_id],
            RIVER_STATES.get(river_id, State.UNBEKANNT),
            tuple((lon, lat) for lat, lon in corners),
            True,
        )
        for river_id, corners in LINES.items()
    )
