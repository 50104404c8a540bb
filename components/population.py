"""Periods of the population figures and the change of a municipality in one of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.settlement_model import MunicipalityView

PERIODS: Mapping[str, tuple[int, int]] = {
    "2011-2020": (2011, 2020),
    "2016-2020": (2016, 2020),
    "2018-2020": (2018, 2020),
}
DEFAULT_PERIOD = "2011-2020"
YEARS = (2011, 2016, 2018, 2020)


@dataclass(frozen=True, slots=True)
class Change:
    """Population at both ends of a period; `percent` is None where a figure is missing."""

    municipality: MunicipalityView
    before: int | None
    after: int | None

    @property
    def people(self) -> int | None:
        """Return how many people more or fewer."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def percent(self) -> float | None:
        """Return the change in percent of the start."""
        if self.people is None or not self.before:
            return None
        return 100.0 * self.people / self.before


def figure(municipality: MunicipalityView, year: int) -> int | None:
    """Return the population at the end of a year, None where there is no figure."""
    figures = {
        2011: municipality.pop_2011,
        2016: municipality.pop_2016,
        2018: municipality.pop_2018,
        2020: municipality.pop_2020,
    }
    return figures.get(year)


def change_in(municipality: MunicipalityView, period: str) -> Change:
    """Return the change of one municipality in a period."""
    first, last = PERIODS[period]
    return Change(municipality, figure(municipality, first), figure(municipality, last))


def ranked(municipalities: Iterable[MunicipalityView], period: str) -> list[Change]:
    """Return the changes from the largest gain to the largest loss; without figure last."""
    changes = [change_in(municipality, period) for municipality in municipalities]
    return sorted(changes, key=lambda change: (change.percent is None, -(change.percent or 0.0)))


def complete_period(municipalities: Iterable[MunicipalityView]) -> str:
    """Return the longest period for which every municipality has figures, else the default."""
    rows = list(municipalities)
    whole = (
        period
        for period in PERIODS
        if all(change_in(row, period).percent is not None for row in rows)
    )
    return next(whole, DEFAULT_PERIOD)


def sum_of(municipalities: Iterable[MunicipalityView], year: int) -> int | None:
    """Return the sum of a year; None as soon as one figure is missing."""
    figures = [figure(municipality, year) for municipality in municipalities]
    known = [value for value in figures if value is not None]
    return sum(known) if figures and len(known) == len(figures) else None
