"""The gate of a timetable: a delivery that lost too much is withheld, with the reason in German."""

from collections.abc import Mapping
from datetime import date

from services.ingestion.gtfs.parser import Timetable
from services.ingestion.gtfs.source import Options

PERCENT = 100


def reason_to_withhold(
    found: Timetable, accepted: Mapping[str, int], options: Options, today: date
) -> str:
    """Return why the numbers of a delivery must not be used, empty where nothing speaks against it.

    `accepted` are the counts of the last delivery that passed, empty before the first.
    """
    counts = found.counts
    if found.valid_to is None or found.valid_to < today:
        return "der Fahrplan ist abgelaufen oder hat keinen Verkehrstag"
    if not found.departures:
        return "kein Halt der Region hat in den nächsten vier Wochen eine Abfahrt"
    if counts["orphans"] > options.most_orphans * max(counts["stop_times"], 1):
        return (
            f"{_share(counts['orphans'], counts['stop_times'])} der Halte gehören zu keiner "
            "bekannten Fahrt oder Haltestelle"
        )
    return _loss(counts, accepted, options)


def _loss(counts: Mapping[str, int], accepted: Mapping[str, int], options: Options) -> str:
    """Return what was lost against the last accepted delivery, empty where not too much was."""
    losses = [
        f"{_share(before - counts[key], before)} der {what} fehlen ({before} → {counts[key]})"
        for key, what, most in (
            ("stop_times", "Halte", options.most_lost_stop_times),
            ("region_stops", "Haltestellen der Region", options.most_lost_stops),
        )
        if (before := accepted.get(key, 0)) and counts[key] < (1 - most) * before
    ]
    return "; ".join(losses)


def notes(found: Timetable) -> list[str]:
    """Return what is wrong with a delivery without spoiling its numbers."""
    counts = found.counts
    told = [
        ("duplicate_stops", "Haltestellen stehen mehrfach darin"),
        ("stops_near_null", "Haltestellen liegen bei 0° Nord 0° Ost"),
        ("stops_without_place", "Haltestellen haben keine lesbare Lage"),
        ("orphans", "Halte gehören zu keiner bekannten Fahrt oder Haltestelle"),
    ]
    return [f"{counts[key]} {words}" for key, words in told if counts.get(key)]


def _share(part: int, whole: int) -> str:
    return f"{round(PERCENT * part / max(whole, 1))} %"
