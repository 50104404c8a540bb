"""Thresholds by hand: a board with one proposal, and a desk that remembers what was asked."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from data.region_pack.columns import Level
from services.people.identity import require
from services.people.model import Right
from services.thresholds.effect_model import MEASURED, SIMULATED, Crossing, Effect, EventEffect
from services.thresholds.errors import UnknownChangeError
from services.thresholds.model import ChangeView, CurrentView, Proposal, Status, ThresholdBoard

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
TARGET = ("iot-nitz", "", "")
PACK: dict[Level, float] = {"voralarm": 0.95, "warnung": 1.13, "alarm": 1.25}
NEW: dict[Level, float] = {"voralarm": 0.95, "warnung": 1.05, "alarm": 1.25}


def proposal(**changes) -> Proposal:
    values = {
        "target": TARGET, "levels": NEW, "owner": "Stadt Mayen", "reason": "Ufer ist tiefer",
        "based_on": 0,
    }  # fmt: skip
    return Proposal(**{**values, **changes})


def effect() -> Effect:
    """One event more without a flood, one measured of which nothing is known, one flood."""

    def event(title, kind, before, after, *, flooded=None):
        flood = NOW + timedelta(hours=3) if flooded else None
        warned, never = Crossing("warnung", before, after), Crossing("alarm", None, None)
        always = Crossing("voralarm", NOW, NOW)
        return EventEffect(title, kind, NOW, flooded, flood, (always, warned, never))

    later, sooner = NOW + timedelta(minutes=90), NOW + timedelta(minutes=60)
    return Effect(
        NOW,
        PACK,
        NEW,
        (
            event("Juli 2021", SIMULATED, later, sooner, flooded=True),
            event("Mai 2024", SIMULATED, None, later, flooded=False),
            event("Gemessen ab 01.02.2026", MEASURED, None, later),
        ),
        NOW - timedelta(days=366),
        105_000,
    )


def change(**changes) -> ChangeView:
    values = {
        "change_id": "c-1", "target": TARGET, "name": "Nitz", "unit": "m", "before": PACK,
        "levels": NEW, "is_restore": False, "owner": "Stadt Mayen", "reason": "Ufer ist tiefer",
        "valid_from": NOW, "based_on": 0, "status": Status.PROPOSED,
        "proposer": "Dienst planner", "proposer_id": "id-planner", "proposed_at": NOW,
        "version": None, "decider": "", "decided_at": None, "decision": "", "effect": effect(),
    }  # fmt: skip
    return ChangeView(**{**values, **changes})


@dataclass
class FakeThresholds:
    pending: tuple[ChangeView, ...] = field(default_factory=lambda: (change(),))
    history: tuple[ChangeView, ...] = ()

    def board(self) -> ThresholdBoard:
        require(Right.PROPOSE)
        own = CurrentView(
            target=TARGET, name="Nitz", unit="m", levels=PACK, owner="Schätzung",
            since="2026-11-01", source="Modell", provisional=True, version=0, newest=0,
        )  # fmt: skip
        place = replace(
            own, target=("iot-nitz", "mayen", "nette"), name="Nitz für Mayen", since="",
            provisional=False,
        )  # fmt: skip
        return ThresholdBoard((own, place), self.pending, self.history, "pack")


@dataclass
class FakeThresholdDesk:
    asked: list[object] = field(default_factory=list)
    is_missing: bool = False

    def propose(self, asked: Proposal) -> str:
        require(Right.PROPOSE)
        self.asked.append(asked)
        return "c-2"

    def approve(self, change_id: str, note: str = "") -> int:
        require(Right.APPROVE)
        self.asked.append(("approve", change_id, note))
        return 7

    def reject(self, change_id: str, note: str) -> None:
        require(Right.APPROVE)
        self.asked.append(("reject", change_id, note))

    def withdraw(self, change_id: str, note: str = "") -> None:
        require(Right.PROPOSE)
        self.asked.append(("withdraw", change_id, note))

    def compute_effect(self, change_id: str) -> Effect:
        if self.is_missing:
            raise UnknownChangeError(change_id)
        return effect()
