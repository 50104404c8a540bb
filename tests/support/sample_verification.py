"""A verification by hand: two villages, ten floods, and the shelf that gives it."""

from dataclasses import dataclass

from services.flood.verification.shelf import Verification


def score(value, low=None, high=None, events=40):
    spread = 0.1 if value is not None else None
    return {
        "value": value if events >= 10 else None,
        "low": low if low is not None else value - spread,
        "high": high if high is not None else value + spread,
        "without_one": [value, value],
        "events": events,
    }


def warnings(events=40):
    lead = {
        "hits": 9,
        "misses": 1,
        "pod": score(0.9, events=events),
        "far": score(0.3, events=events),
        "csi": score(0.65, events=events),
        "bias": score(1.2, events=events),
    }
    return {
        "reached": 10,
        "false_alarms": 4,
        "near_false_alarms": 1,
        "misled_false_alarms": 1,
        "quiet": 20,
        "green_when_reached": 0,
        "events": events,
        "leads": dict.fromkeys(("0", "30", "60", "120"), lead),
    }


def arrivals(cases=120):
    against = {"cases": 60, "refused": 60, "skill": score(0.45), "crps_min": score(30.0)}
    return {
        "cases": cases,
        "silent": 5,
        "mae_min": score(35.0),
        "coverage": score(0.8),
        "width_min": score(120.0),
        "crps_min": score(25.0),
        "skill": dict.fromkeys(("strecke", "beharrung", "anstieg"), against),
    }


def attainable(name, place_id):
    return {
        "place_id": place_id,
        "river_id": "nette",
        "name": name,
        "river": "Nette",
        "minutes": 71,
        "gauges": ["iot-hammesmuehle"],
        "share": 0.9,
    }


def report(events=40):
    groups = ("alle", "moeglich", "zu_nah", "zu_wenig_gesehen")
    levels = ("voralarm", "warnung", "alarm")
    village = {
        "place_id": "mayen",
        "river_id": "nette",
        "name": "Mayen",
        "river": "Nette",
        "group": "moeglich",
        "warnings": {level: warnings(events) for level in levels},
        "arrivals": arrivals(),
    }
    pair = {
        "upper": "iot-falkley",
        "lower": "iot-hammesmuehle",
        "cases": 30,
        "lag_min": [26, 52, 113],
        "told_min": [40, 70, 120],
        "coverage": score(0.8),
        "skill_over_distance": score(0.2),
    }
    return {
        "format": 1,
        "region": "myk",
        "model_version": "2.2.0",
        "config_hash": "abc",
        "made_at": "2026-11-22T03:00:00+00:00",
        "seed": 1,
        "events": 200,
        "members": 200,
        "attainable": {
            "moeglich": [attainable("Mayen", "mayen")],
            "zu_nah": [attainable("Nitz", "nitz")],
            "zu_wenig_gesehen": [],
        },
        "warnings": {group: {level: warnings(events) for level in levels} for group in groups},
        "arrivals": {group: arrivals(0 if group == "zu_nah" else 120) for group in groups},
        "villages": [village, {**village, "arrivals": {"cases": 0, "silent": 4}}],
        "pairs": [pair],
    }


@dataclass
class FakeVerification:
    is_empty: bool = False
    events: int = 40
    outdated: tuple[str, ...] = ()

    def newest(self) -> Verification | None:
        if self.is_empty:
            return None
        return Verification(report(self.events), True, self.outdated)  # noqa: FBT003

    def gauge_names(self) -> dict[str, str]:
        return {"iot-falkley": "Camping Falkley", "iot-hammesmuehle": "Hammesmühle"}
