"""What a person types at the river: a level in metres, and a time that may be the hour alone."""

from datetime import datetime, timedelta, tzinfo

from services.ingestion.quantity import QuantityError, parse_quantity
from services.ingestion.units import UnitError, stored_unit, to_stored
from services.journal.words import level_text
from services.local_time import Occurrence, instant_near, stamp
from services.manual_readings.errors import ReadingRefusedError

STAGE = "stage"
METRE = "m"
OLDEST = timedelta(hours=12)
"""Older readings say nothing of now; they belong into the journal (estimate)."""
AHEAD = timedelta(minutes=2)
"""A watch may be fast by so much; as for devices (METHOD B.9)."""
BAD_VALUE = "Bitte den Wasserstand in Metern angeben, zum Beispiel 1,85."


def level_m(text: str, lowest_m: float, highest_m: float) -> float:
    """Return a typed level in metres; "185 cm" is understood, a number alone is metres.

    Raises
    ------
    ReadingRefusedError
        When it is no number, has another unit or is beyond what the gauge can show.
    """
    try:
        found = parse_quantity(text.strip())
        unit = found.unit or METRE
        if stored_unit(STAGE, unit) != METRE:
            raise ReadingRefusedError(user_message=BAD_VALUE)
        value = to_stored(found.value, STAGE, unit)
    except (QuantityError, UnitError) as error:
        raise ReadingRefusedError(user_message=BAD_VALUE) from error
    if not lowest_m <= value <= highest_m:
        bounds = f"{level_text(lowest_m, METRE)} bis {level_text(highest_m, METRE)}"
        raise ReadingRefusedError(
            user_message=f"{level_text(value, METRE)} kann dieser Pegel nicht zeigen: Er reicht von"
            f" {bounds}. Bitte in Metern angeben und noch einmal ablesen."
        )
    return value


def read_at(text: str, now: datetime, zone: tzinfo) -> datetime:
    """Return when something was read: nothing typed is now, an hour alone its last occurrence.

    Raises
    ------
    UnclearTimeError
        When it cannot be read or comes twice in the night of the clock change.
    ReadingRefusedError
        When it lies ahead or is too old.
    """
    typed = text.strip()
    if not typed:
        return now.replace(second=0, microsecond=0)
    at = instant_near(typed, now + AHEAD, zone, Occurrence.LAST)
    if at > now + AHEAD:
        raise ReadingRefusedError(
            user_message=f"{stamp(at, zone)} liegt in der Zukunft (jetzt {stamp(now, zone)})."
        )
    if now - at > OLDEST:
        hours = OLDEST.total_seconds() / 3600
        raise ReadingRefusedError(
            user_message=f"{stamp(at, zone)} ist älter als {hours:.0f} Stunden: Bitte ins"
            " Einsatztagebuch schreiben, für die Lage jetzt zählt dieser Wert nicht mehr."
        )
    return min(at, now)
