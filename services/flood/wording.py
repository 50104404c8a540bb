"""German numbers, durations and clock times for the engine's sentences."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from services.flood.constants import MINUTES_PER_HOUR
from services.flood.model import EngineGauge, State
from services.flood.nowcast import metre_equivalent
from services.flood.trend import RISING_M_PER_H

SLOW_M_PER_H = 0.10
FAST_M_PER_H = 0.25
"""Slower is "langsam", faster "schnell" (estimate; the Nette rose 0.30 m/h on 14 July 2021)."""

CM_PER_M = 100.0
LARGE_DISCHARGE = 100.0

GONE = "keine Zeit mehr"
GERMAN_ZONES = {"CEST": "MESZ", "CET": "MEZ"}
UNKNOWN_TREND = "Trend unbekannt"

LEVEL_WORDS = {
    State.VORALARM: "Voralarmschwelle",
    State.WARNUNG: "Warnschwelle",
    State.ALARM: "Alarmschwelle",
}
MASCULINE_RIVERS = frozenset({"Inn", "Kocher", "Lech", "Main", "Neckar", "Regen", "Rhein"})
"""Larger rivers with "der"; brooks are masculine by their ending, most other rivers feminine."""

STATE_WORDS = {
    State.OK: "Keine Warnung",
    State.VORALARM: "Voralarm",
    State.WARNUNG: "Warnung",
    State.ALARM: "Alarm",
    State.UNBEKANNT: "Keine Aussage",
}


@dataclass(frozen=True, slots=True)
class Clock:
    """The cycle's instant and the region's zone: times are said relative to them."""

    now: datetime
    zone: tzinfo

    def say(self, instant: datetime) -> str:
        """Return "20:15 Uhr", with the date in front when it is another day.

        In the hour that autumn's change doubles the zone follows: "02:15 Uhr MESZ".
        """
        local = instant.astimezone(self.zone)
        time = f"{local:%H:%M} Uhr"
        if _is_doubled(local):
            time += f" {GERMAN_ZONES.get(local.tzname() or '', local.tzname())}"
        if local.date() == self.now.astimezone(self.zone).date():
            return time
        return f"{local:%d.%m.}, {time}"


def _is_doubled(local: datetime) -> bool:
    """Return whether this local time comes twice; an instant never falls into spring's gap."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def decimal(value: float, digits: int) -> str:
    """Return a number with a German decimal comma; no negative zero."""
    text = f"{value:.{digits}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace(".", ",").replace("-", "−")


def minutes_text(minutes: float) -> str:
    """Return "45 Min.", or "7 Std. 30 Min." from an hour on; rounded down to what is left."""
    whole = int(minutes)
    hours, rest = divmod(whole, int(MINUTES_PER_HOUR))
    if not hours:
        return f"{rest} Min."
    return f"{hours} Std. {rest} Min." if rest else f"{hours} Std."


def usable_text(minutes: float | None) -> str:
    """Return usable minutes as pages and papers tell them: rounded down, and from zero on words."""
    if minutes is None:
        return "–"
    return GONE if minutes < 1 else minutes_text(minutes)


def value_text(value: float, gauge: EngineGauge) -> str:
    """Return a value with the gauge's unit."""
    if gauge.unit == "m":
        return f"{decimal(value, 2)} m"
    return f"{decimal(value, 0 if abs(value) >= LARGE_DISCHARGE else 1)} {gauge.unit}"


def rate_text(rate_per_h: float, gauge: EngineGauge) -> str:
    """Return a signed rate: centimetres for stage, the gauge's own unit else."""
    sign = "+" if rate_per_h > 0 else ""
    if gauge.unit == "m":
        return f"{sign}{decimal(rate_per_h * CM_PER_M, 0)} cm je Stunde"
    return f"{sign}{decimal(rate_per_h, 1)} {gauge.unit} je Stunde"


def trend_text(rate_per_h: float | None, gauge: EngineGauge) -> str:
    """Return the trend in words with its number: "steigt schnell, +32 cm je Stunde"."""
    if rate_per_h is None:
        return UNKNOWN_TREND
    size = abs(rate_per_h) / metre_equivalent(gauge)
    if size < RISING_M_PER_H:
        return "bleibt etwa gleich"
    verb = "steigt" if rate_per_h > 0 else "fällt"
    if size < SLOW_M_PER_H:
        verb += " langsam"
    elif size >= FAST_M_PER_H:
        verb += " schnell"
    return f"{verb}, {rate_text(rate_per_h, gauge)}"


def gauge_name(gauge: EngineGauge) -> str:
    """Return the name with the word "Pegel" or "Station" in it."""
    known = ("pegel", "station", "messstelle")
    is_named = any(word in gauge.name.lower() for word in known)
    return gauge.name if is_named else f"Pegel {gauge.name}"


def from_river(name: str) -> str:
    """Return "vom Rhein" or "von der Mosel"."""
    is_masculine = name in MASCULINE_RIVERS or name.lower().endswith(("bach", "graben"))
    return f"vom {name}" if is_masculine else f"von der {name}"
