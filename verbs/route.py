"""The verb `route`: one channel, three methods, to be checked against a textbook by anyone."""

import csv
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from services.flood.routing.channel_config import RouteInputError, checked
from services.flood.routing.single_channel import ChannelResult, Hydrograph, route_channel

COLUMNS = ("t_h", "Q")
LEAST_ROWS = 2


def route_files(method: str, config: Path, inflow: Path) -> dict[str, object]:
    """Return what routing the inflow file by the configuration file gives, as plain values.

    Raises
    ------
    RouteInputError, OSError
        With file and reason.
    """
    try:
        values = checked(method, _read_config(config))
    except RouteInputError as error:
        raise RouteInputError(user_message=f"{config}: {error.user_message}") from error
    return _plain(method, route_channel(method, values, _read_inflow(inflow)))


def as_table(report: Mapping[str, Any]) -> str:
    """Return the report for a terminal."""
    columns = [report[name] for name in ("t_h", "inflow_m3s", "outflow_m3s")]
    lines = [f"{'t [h]':>10} {'Zufluss [m³/s]':>16} {'Abfluss [m³/s]':>16}"]
    for time, into, out in zip(*columns, strict=True):
        lines.append(f"{time:10.4g} {into:16.4f} {out:16.4f}")
    lines.append(f"Massenfehler {report['mass_error']:.2e}, Schritt {report['step_s']:.4g} s")
    if report["hint"]:
        lines.append(f"Hinweis: {report['hint']}")
    return "\n".join(lines)


def _plain(method: str, result: ChannelResult) -> dict[str, object]:
    return {
        "method": method,
        "t_h": result.t_h.tolist(),
        "inflow_m3s": result.inflow_m3s.tolist(),
        "outflow_m3s": result.outflow_m3s.tolist(),
        "mass_error": result.mass_error,
        "step_s": result.step_s,
        "floored_cells": result.floored_cells,
        "hint": result.hint,
    }


def _read_config(path: Path) -> dict[str, object]:
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise RouteInputError(user_message=f"Die Datei ist kein JSON ({error}).") from error
    if not isinstance(found, dict):
        raise RouteInputError(user_message="Erwartet wird ein JSON-Objekt mit Schlüsseln.")
    return found


def _read_inflow(path: Path) -> Hydrograph:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _inflow_refusal(path, "Die Datei ist kein Text in UTF-8.") from error
    try:
        rows = [row for row in csv.reader(text.splitlines()) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise _inflow_refusal(path, f"Die Datei ist keine Tabelle ({error}).") from error
    header = [cell.strip() for cell in rows[0]] if rows else []
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise _inflow_refusal(path, f"Die Spalte „{missing[0]}“ fehlt; erwartet ist t_h,Q.")
    if len(rows) <= LEAST_ROWS:
        raise _inflow_refusal(
            path,
            f"Erwartet werden mindestens {LEAST_ROWS} Zeilen mit Werten, es sind {len(rows) - 1}.",
        )
    places = [header.index(name) for name in COLUMNS]
    values = np.array(
        [
            [_number(path, line, row, place) for place in places]
            for line, row in enumerate(rows[1:], 1)
        ]
    )
    _check_values(path, values)
    return Hydrograph(np.ascontiguousarray(values[:, 0]), np.ascontiguousarray(values[:, 1]))


def _number(path: Path, line: int, row: list[str], place: int) -> float:
    text = row[place].strip() if place < len(row) else ""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise _inflow_refusal(path, f"Wert {line}: „{text}“ ist keine Zahl (Dezimalpunkt).")
    return value


def _check_values(path: Path, values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> None:
    gaps = np.diff(values[:, 0])
    if np.any(gaps <= 0.0):
        at = int(np.argmax(gaps <= 0.0))
        raise _inflow_refusal(
            path,
            f"„t_h“ muss steigen: auf {values[at, 0]:g} folgt {values[at + 1, 0]:g}.",
        )
    if np.any(values[:, 1] < 0.0):
        raise _inflow_refusal(
            path, f"„Q“ muss mindestens 0 sein, angegeben ist {values[:, 1].min():g}."
        )


def _inflow_refusal(path: Path, sentence: str) -> RouteInputError:
    return RouteInputError(user_message=f"{path}: {sentence}")
