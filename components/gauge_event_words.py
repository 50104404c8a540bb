"""Words for waves of a gauge: their names, their figures, what is not sure of them."""

from collections.abc import Sequence

from components import formats
from services.flood.model import State
from services.gauge_context.model import Rise
from services.gauge_events.figures import LONGEST
from services.gauge_events.model import GaugeRecord, Wave, WaveFigures
from services.situation.model import GaugeView, ThresholdView
from services.situation.state_words import STATE_WORDS

ONGOING = "laufende Welle"
NOT_KNOWN = "nicht bekannt"
LEAST_SHARE = 0.01
"""Below it a share of missing readings is told in words."""


def wave_names(waves: Sequence[Wave]) -> list[str]:
    """Name each wave by the day it began, with the time where two began on one day."""
    days = [f"{formats.local(wave.began_at):%d.%m.%Y}" for wave in waves]
    return [
        ONGOING
        if wave.is_ongoing
        else f"{day} {formats.clock(wave.began_at)}"
        if days.count(day) > 1
        else day
        for wave, day in zip(waves, days, strict=True)
    ]


def least(words: str, *, is_least: bool) -> str:
    """Say that a value is a lower limit where it is one."""
    return f"mindestens {words}" if is_least else words


def peak_words(found: WaveFigures, unit: str) -> str:
    """Write the peak: "1,98 m", "bisher 1,31 m", "mindestens 1,20 m"."""
    value = formats.quantity(found.wave.peak, unit)
    if found.wave.is_ongoing and not found.peak_may_be_missed:
        return f"bisher {value}"
    return least(value, is_least=found.peak_may_be_missed)


def steepest_words(rise: Rise | None, unit: str) -> str:
    """Write the steepest rise: "41 cm je Stunde"; a wave of few readings has none."""
    if rise is None:
        return NOT_KNOWN
    return formats.per_hour(rise.per_hour, unit).removeprefix("steigt um ")


def to_peak_words(found: WaveFigures) -> str:
    """Write the time from the first crossing to the peak.

    Where the first reading is the highest one, it took less than one sampling step.
    """
    if found.hours_to_peak == 0:
        most = formats.duration(found.sampling.total_seconds() / 60)
        return NOT_KNOWN if found.begins_in_gap else f"höchstens {most}"
    words = formats.duration(found.hours_to_peak * 60)
    if found.wave.is_ongoing and not found.begins_in_gap:
        return f"bisher {words}"
    return least(words, is_least=found.begins_in_gap)


def above_words(found: WaveFigures) -> str:
    """Write how long the water stood at or above the threshold."""
    words = formats.duration(found.hours_above * 60)
    if found.wave.is_ongoing and not found.has_gap:
        return f"bisher {words}"
    return least(words, is_least=found.has_gap or found.is_cut)


def end_words(found: WaveFigures) -> str:
    """Write when the wave was over."""
    wave = found.wave
    if wave.is_ongoing:
        return f"{NOT_KNOWN}, Pegel meldet nicht" if found.is_silent else "läuft noch"
    return NOT_KNOWN if wave.ended_at is None else formats.stamp(wave.ended_at)


def missing_words(share: float) -> str:
    """Write the share of readings that are not there."""
    if share == 0:
        return "keine"
    if share < LEAST_SHARE:
        return f"unter{formats.NBSP}1{formats.NBSP}%"
    return f"{formats.number(share * 100)}{formats.NBSP}%"


def notes(found: WaveFigures, unit: str) -> list[str]:
    """Say what is not sure of a wave, one sentence each."""
    doubt = formats.quantity(found.doubtful_peak, unit)
    every = {
        "Der Scheitel kann in einer Lücke liegen.": found.peak_may_be_missed,
        "Der Beginn liegt in einer Lücke.": found.begins_in_gap,
        "Das Ende liegt in einer Lücke.": found.ends_in_gap,
        f"Ein verdächtiger Wert von {doubt} zählt nicht.": found.doubtful_peak is not None,
        f"Nur die ersten {LONGEST.days} Tage sind ausgewertet.": found.is_cut,
    }
    return [words for words, holds in every.items() if holds]


def threshold_words(threshold: ThresholdView, unit: str) -> str:
    """Name a threshold with its value: "Voralarm 0,95 m"."""
    return f"{STATE_WORDS[State(threshold.level)]} {formats.quantity(threshold.value, unit)}"


def headline_words(record: GaugeRecord, *, is_silent: bool = False) -> str:
    """Say in one line how the running wave compares with all others of the record.

    Of a silent gauge nobody knows whether the wave still runs, nor how high it is by now.
    """
    if record.threshold is None:
        return "keine Schwelle, kein Vergleich"
    running = record.ongoing
    if is_silent:
        words = "kein Messwert" if running is None else "Welle läuft wohl noch"
        return f"{words}, Pegel meldet nicht"
    return "zurzeit läuft keine Welle" if running is None else _rank_words(record)


def _rank_words(record: GaugeRecord) -> str:
    count = len(record.waves) - 1 + record.unlisted
    if not count:
        return "die erste gemessene Welle läuft"
    if record.higher:
        return f"laufende Welle bisher niedriger als {record.higher} von {count} früheren"
    others = "keine frühere" if count == 1 else f"keine der {count} früheren"
    return f"laufende Welle bisher so hoch wie {others}"


def option_words(wave: Wave, name: str, unit: str) -> str:
    """Write a wave in the list to choose from: its name and its peak."""
    value = formats.quantity(wave.peak, unit)
    return f"{name}: bisher {value}" if wave.is_ongoing else f"{name}: {value}"


def no_wave_words(record: GaugeRecord, gauge: GaugeView) -> str:
    """Say why there is nothing to compare at a gauge, or with how much."""
    unit = gauge.unit
    if record.threshold is None:
        return (
            "Für diesen Pegel sind keine kommunalen Schwellenwerte eingetragen. Eine Welle beginnt"
            " hier mit dem ersten Messwert an der untersten Schwelle: ohne sie ist keine zu finden."
        )
    if record.since is None:
        return "Für diesen Pegel liegen noch keine eigenen Messwerte vor."
    since = formats.date_long(formats.local(record.since).date())
    level = threshold_words(record.threshold, unit)
    return f"Seit Beginn der Messwerte am {since} hat das Wasser {level} nicht erreicht."
