"""The effect of a change in one German sentence for each level."""

from services.thresholds.checks import NAMES, ORDER, written
from services.thresholds.effect import LevelCount, count
from services.thresholds.effect_model import Effect

NOTHING = "An keinem der Ereignisse ändert sich etwas."
NO_EVENTS = "Es gibt kein Ereignis, an dem sich die Änderung prüfen ließe."
LEAST_MIN = 1.0


def sentences(effect: Effect, unit: str) -> tuple[str, ...]:
    """Say for each level whose value changes what would have been otherwise."""
    if not effect.events:
        return (NO_EVENTS,)
    found = []
    for level in ORDER:
        before, after = effect.before.get(level), effect.after.get(level)
        if before is None or after is None or before == after:
            continue
        counted = count(effect.events, level)
        head = f"{NAMES[level]} mit {written(after, unit)} statt {written(before, unit)}"
        found.append(f"{head}: {_told(counted)}")
    return tuple(found) or (NOTHING,)


def _told(row: LevelCount) -> str:
    parts = []
    if row.more:
        parts.append(f"{_events(row.more)} mehr {_would(row.more)} gewarnt worden{_of_them(row)}")
    if row.fewer:
        flooded = f", {row.fewer_flooded} davon mit Überschwemmung" if row.fewer_flooded else ""
        parts.append(f"{_events(row.fewer)} weniger {_would(row.fewer)} gewarnt worden{flooded}")
    shifts = [minutes for minutes in row.earlier_min if abs(minutes) >= LEAST_MIN]
    if shifts:
        parts.append(_shift(shifts))
    return "; ".join(parts) + "." if parts else "an keinem Ereignis ändert sich etwas."


def _shift(minutes: list[float]) -> str:
    middle = sorted(minutes)[len(minutes) // 2]
    way = "früher" if middle > 0 else "später"
    low, high = min(map(abs, minutes)), max(map(abs, minutes))
    span = f"{low:.0f} bis {high:.0f}" if round(low) != round(high) else f"{high:.0f}"
    return f"bei {_events(len(minutes), dative=True)} {span} Minuten {way}"


def _of_them(row: LevelCount) -> str:
    parts = []
    if row.more_dry:
        parts.append(f"{row.more_dry} davon ohne Überschwemmung")
    if row.more_unknown:
        parts.append(f"bei {row.more_unknown} ist nicht bekannt, ob etwas überschwemmt war")
    return f", {', '.join(parts)}" if parts else ""


def _events(number: int, *, dative: bool = False) -> str:
    if number == 1:
        return "1 Ereignis"
    return f"{number} Ereignissen" if dative else f"{number} Ereignisse"


def _would(number: int) -> str:
    return "wäre" if number == 1 else "wären"
