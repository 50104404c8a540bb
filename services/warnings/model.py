"""A warning draft: a village on one river whose state is at or above Voralarm."""

from dataclasses import dataclass
from datetime import datetime

from services.flood.model import State

WARNING_STATES = (State.VORALARM, State.WARNUNG, State.ALARM)
DISCLAIMER = (
    "Entwurf des Regionalcockpits, keine amtliche Warnung. Amtlich warnt allein die zuständige "
    "Behörde."
)


@dataclass(frozen=True, slots=True)
class CapReference:
    """What names a CAP message: sender, identifier and the instant it was sent."""

    sender: str
    identifier: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class VillageWarning:
    """The state of a village with its times; `replaces` is the message of the state before."""

    key: CapReference
    replaces: CapReference | None
    place_id: str
    river_id: str
    name: str
    river: str
    ags: str
    lat: float
    lon: float
    state: State
    since: datetime
    earliest: datetime | None
    likely: datetime | None
    latest: datetime | None
    usable_p10_min: float | None
    is_held: bool
    confidence: str
    sentence: str
    run_id: str
    run_at: datetime
    is_reached: bool = False
    """The state's level is probably there already, as `services.situation.levels` tells it."""


@dataclass(frozen=True, slots=True)
class WarningSet:
    """All warnings of the newest run, and what they hold for."""

    at: datetime
    run_id: str | None
    run_at: datetime | None
    is_stale: bool
    is_simulated: bool
    operator: str
    official_name: str
    official_url: str
    warnings: tuple[VillageWarning, ...]
