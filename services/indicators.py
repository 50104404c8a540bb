"""Indicators of municipalities: a value with its period, unit and source, from any provider."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session, sessionmaker

from data import indicators as stored
from services.catalogue.licence_names import licence_words
from services.settlement import SettlementService

POPULATION = "population"
YEARS = (2011, 2016, 2018, 2020)
"""Years of the region pack's population figures."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of one municipality; `value` None: the source has none, never zero."""

    indicator: str
    ags: str
    period: str
    value: float | None
    unit: str
    source: str
    licence: str
    """Its name in German; one that the catalogue does not know as its importer wrote it."""


Provider = Callable[[], Iterable[Indicator]]


@dataclass(frozen=True, slots=True)
class IndicatorService:
    """Asks all providers: whoever stores figures of its own adds a provider in the wiring."""

    providers: tuple[Provider, ...]

    def find(self, indicator: str = "", ags: str = "", period: str = "") -> list[Indicator]:
        """Return the figures that match, in order of indicator, municipality and period."""
        found = [
            row
            for provider in self.providers
            for row in provider()
            if indicator in ("", row.indicator)
            and ags in ("", row.ags)
            and period in ("", row.period)
        ]
        return sorted(found, key=lambda row: (row.indicator, row.ags, row.period))


def population(settlement: SettlementService, licence: str) -> Provider:
    """Return what provides the population figures of the region pack, under its licence."""

    def provide() -> Iterable[Indicator]:
        for row in settlement.municipalities():
            for year in YEARS:
                value = getattr(row, f"pop_{year}")
                yield Indicator(POPULATION, row.ags, str(year), value, "1", row.source, licence)

    return provide


def imported(sessions: sessionmaker[Session]) -> Provider:
    """Return what provides the figures of uploaded tables and of statistical offices."""

    def provide() -> Iterable[Indicator]:
        with sessions() as session:
            for row in stored.every(session):
                licence = licence_words(row.licence)
                for value in stored.values(session, row.indicator_id):
                    yield Indicator(
                        row.indicator_id,
                        value.ags,
                        value.period,
                        value.value,
                        row.unit,
                        row.source,
                        licence,
                    )

    return provide
