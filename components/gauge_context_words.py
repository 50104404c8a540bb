"""Words for what the readings of a gauge are held against."""

from datetime import datetime

from components import formats
from components.content import Content
from components.short_name import short_name
from services.gauge_context.model import (
    EARLIER,
    EVENTS,
    MARKS,
    NORMAL,
    EarlierForecast,
    EventLine,
    GaugeContext,
    ImpactMark,
    LowFlow,
    NormalRange,
    Rise,
    WaterTemperature,
)
from services.situation.model import GaugeView

LAYER_WORDS = (
    (EVENTS, "frühere Ereignisse"),
    (NORMAL, "üblicher Bereich"),
    (EARLIER, "frühere Berechnungen"),
    (MARKS, "Wirkungen"),
)
TOO_SHORT = "noch zu wenig Messwerte"


def event_words(event: EventLine, unit: str) -> str:
    """Write the peak of an event: "Juli 2021: 3,53 m"."""
    mark = " (Schätzung)" if event.provisional else ""
    return f"{event.name}: {formats.quantity(event.peak, unit)}{mark}"


def mark_words(mark: ImpactMark, unit: str, most: int) -> str:
    """Write from where on what happens, short enough for the picture."""
    first, *rest = mark.what
    name = short_name(first.split(":")[0], most)
    more = f" +{len(rest)}" if rest else ""
    return f"ab {formats.quantity(mark.value, unit)} {name}{more}"


def higher_words(earlier: EarlierForecast, unit: str, now: datetime) -> str:
    """Say that an earlier forecast was higher, with its time."""
    return (
        f"Die Berechnung von {formats.moment(earlier.issued_at, now)} sagte bis zu"
        f" {formats.quantity(earlier.peak, unit)} voraus, mehr als die jetzige. Sie bleibt"
        " sechs Stunden sichtbar: Rechnen Sie mit dem höheren Wert, bis Messwerte ihn widerlegen."
    )


def steepest_words(rise: Rise | None, unit: str, now: datetime) -> str:
    """Say how steep the last hours were."""
    if rise is None:
        return "kein Anstieg gemessen"
    words = formats.per_hour(rise.per_hour, unit)
    if words == "gleichbleibend":
        return words
    return f"{words.removeprefix('steigt um ')} (bis {formats.moment(rise.until, now)})"


def normal_words(normal: NormalRange | None, unit: str) -> str:
    """Say between which values the gauge usually is, or how long the record still must grow."""
    if normal is None:
        return ""
    if normal.low is None or normal.high is None:
        return _too_short(normal)
    low = formats.number(normal.low, 2 if unit == "m" else 1)
    high = formats.quantity(normal.high, unit)
    return f"{low} bis {high} (neun von zehn Tagen, aus {formats.number(normal.days)} Tagen)"


def _too_short(found: NormalRange | LowFlow) -> str:
    return f"{TOO_SHORT} ({found.days} von mindestens {found.days_needed} Tagen)"


def low_flow_words(found: LowFlow | None, unit: str) -> str:
    """Say whether the water has been unusually low, or why nobody can tell."""
    if found is None or found.limit is None:
        return "" if found is None else _too_short(found)
    limit = formats.quantity(found.limit, unit)
    if found.is_low is False:
        return f"kein Niedrigwasser (Grenze {limit}, sieben Tage in Folge)"
    gap = (
        f"für den {formats.date_long(found.missing_on)} fehlen Messwerte"
        if found.missing_on
        else ""
    )
    if found.is_low is None:
        return f"nicht zu beurteilen: {gap} (Grenze {limit}, sieben Tage in Folge)"
    least, why = ("mindestens ", f" ({gap})") if gap else ("", "")
    return f"Niedrigwasser: seit {least}{found.days_below} Tagen nicht über {limit}{why}"


def water_words(water: WaterTemperature | None, now: datetime) -> str:
    """Write the water temperature with its age, or that no sensor measures it."""
    if water is None:
        return "wird hier nicht gemessen"
    age = formats.age(formats.minutes_between(water.at, now))
    return f"{formats.number(water.celsius, 1)}{formats.NBSP}°C, {age}"


def against_normal(value: float | None, normal: NormalRange | None) -> str:
    """Say where a reading lies against the usual range, "" where it is not known."""
    if value is None or normal is None or normal.low is None or normal.high is None:
        return ""
    if value > normal.high:
        return "über dem üblichen Bereich"
    return "unter dem üblichen Bereich" if value < normal.low else "im üblichen Bereich"


def context_facts(
    gauge: GaugeView, context: GaugeContext, now: datetime
) -> list[tuple[str, Content]]:
    """List rates of rise, usual range and past peaks in words."""
    unit = gauge.unit
    usual = normal_words(context.normal, unit)
    place = against_normal(gauge.value, context.normal)
    peaks = "; ".join(
        f"{event_words(event, unit)} am {formats.date_long(event.peaked_on)} ({event.source})"
        for event in context.events
    )
    rows: list[tuple[str, Content]] = [
        ("Anstieg jetzt", formats.per_hour(gauge.trend_per_h, gauge.unit)),
        ("Stärkster Anstieg in 3 Std.", steepest_words(context.steepest, unit, now)),
        ("Üblicher Bereich", f"{usual}; jetzt {place}" if place else usual),
        ("Niedrigwasser", low_flow_words(context.low_flow, unit)),
        ("Wassertemperatur", water_words(context.water, now)),
        ("Frühere Ereignisse", peaks or "keine belegten Scheitelwerte eingetragen"),
    ]
    return rows
