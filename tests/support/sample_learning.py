"""Learning by hand: proposals, speeds and versions of two rivers, and the service over them."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from services.errors import StoreUnavailableError, UnknownLagError
from services.flood.lags import LagObservation, Prior, Reach, Stretch
from services.flood.learning import views
from services.flood.reach_celerity import ReachCelerity, learn
from services.people.identity import require
from services.people.model import Right

AT = datetime(2021, 7, 14, 14, 30, tzinfo=UTC)
RIVERS = {"nette": "Nette", "nitzbach": "Nitzbach"}
REACHES = (
    Reach("nette-06", "nette", 30.6, 24.4),
    Reach("nette-07", "nette", 24.4, 18.3),
    Reach("nitzbach-01", "nitzbach", 26.0, 13.0),
)
PACK_LAG = LagObservation("2021-07-14", (Stretch("nette", 30.7, 18.3),), 220.0, 0.25)
ACCEPTED = LagObservation("2024-05-17", (Stretch("nitzbach", 26.0, 13.0),), 110.0, 0.17, 1.6)


def posterior(*lags: LagObservation) -> ReachCelerity:
    return learn(REACHES, Prior(), [PACK_LAG, *lags])


def lag(lag_id: str, **changes: object) -> views.LagView:
    made = views.LagView(
        lag_id=lag_id,
        upper_name="Pegel Nitz",
        lower_name="Pegel Virneburg (mobil)",
        kind="scheitel",
        event="2021-07-14",
        upper_at=AT,
        distance_km=7.0,
        lag_min=97.0,
        low_min=78.0,
        high_min=120.0,
        speed_ms=1.203,
        flow_class="Hochwasser",
        exceedance=2.8,
        origin="simulated",
        warning="",
        status="offen",
        comment="",
        reviewer="",
        reviewed_at=None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def proposals() -> list[views.LagView]:
    return [
        lag("lag-peak"),
        lag("lag-rise", kind="anstieg", lag_min=110.0, speed_ms=1.06),
        lag(
            "lag-odd",
            upper_name="Pegel Falkley",
            lower_name="Pegel Hammesmühle",
            kind="voralarm",
            flow_class="ausufernd",
            lag_min=19.0,
            low_min=9.0,
            high_min=41.0,
            speed_ms=7.9,
            warning=(
                "Geschwindigkeit physikalisch unplausibel (außerhalb 0,2 bis 6 m/s), etwa "
                "durch Regen auf beide Pegel zugleich oder Rückstau"
            ),
        ),
    ]


@dataclass
class FakeLearning:
    """Decides in memory; `is_down` without a store."""

    is_down: bool = False
    found: list[views.LagView] = field(default_factory=proposals)
    accepted: list[LagObservation] = field(default_factory=list)

    def pending(self) -> tuple[views.LagView, ...]:
        self._answer()
        return tuple(item for item in self.found if item.status == "offen")

    def reviewed(self) -> tuple[views.LagView, ...]:
        self._answer()
        return tuple(item for item in self.found if item.status != "offen")

    def speeds(self) -> tuple[views.ReachSpeeds, ...]:
        self._answer()
        return views.reach_speeds(posterior(*self.accepted), RIVERS)

    def version(self) -> str:
        self._answer()
        return posterior(*self.accepted).version

    def changes(self) -> tuple[views.VersionView, ...]:
        self._answer()
        old, new = posterior(), posterior(ACCEPTED)
        cause = "Pegel Nitz bis Pegel Virneburg, 2024-05-17 (scheitel): angenommen von A. Muster"
        newest = views.VersionView(
            new.version, old.version, cause, AT + timedelta(days=1), views.changes(old, new, RIVERS)
        )
        first = "Vorannahme und Laufzeiten des Regionsordners"
        return newest, views.VersionView(old.version, "", first, AT, ())

    def decide(self, lag_id: str, *, accept: bool, comment: str) -> str:
        reviewer = require(Right.CURATE).actor
        index = next((k for k, item in enumerate(self.found) if item.lag_id == lag_id), None)
        if index is None:
            raise UnknownLagError(lag_id)
        status = "angenommen" if accept else "abgelehnt"
        self.found[index] = replace(
            self.found[index], status=status, comment=comment, reviewer=reviewer, reviewed_at=AT
        )
        self.accepted += [ACCEPTED] if accept else []
        return self.version()

    def _answer(self) -> None:
        if self.is_down:
            raise StoreUnavailableError
