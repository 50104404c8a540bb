"""Reads a weekly rota from a table: `start_day,start_time,end_day,end_time,group`, local time."""

import csv
import io
from collections.abc import Mapping
from datetime import time

from services.alarms.errors import RotaRefusedError
from services.alarms.rota import WeeklyDuty

COLUMNS = ("start_day", "start_time", "end_day", "end_time", "group")
WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


def read_weekly(text: str) -> list[WeeklyDuty]:
    """Return the duties of a table.

    Raises
    ------
    RotaRefusedError
        With the line and what is wrong in it.
    """
    reader = csv.DictReader(io.StringIO(text))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise RotaRefusedError(user_message=f"Die erste Zeile muss {','.join(COLUMNS)} sein.")
    return [_duty(reader.line_num, row) for row in reader]


def _duty(line: int, row: Mapping[str, str | None]) -> WeeklyDuty:
    cells = [(row[name] or "").strip() for name in COLUMNS]
    start_day, start_time, end_day, end_time, group = cells
    try:
        return WeeklyDuty(
            WEEKDAYS.index(start_day),
            _local(start_time),
            WEEKDAYS.index(end_day),
            _local(end_time),
            group,
        )
    except ValueError as error:
        words = f"Zeile {line}: Wochentage sind {', '.join(WEEKDAYS)}, Zeiten wie 07:00."
        raise RotaRefusedError(user_message=words) from error


def _local(text: str) -> time:
    found = time.fromisoformat(text)
    if found.tzinfo is not None:
        raise ValueError(text)
    return found
