"""Strict JSON from strangers: bytes to an object, or a sentence that tells what is wrong."""

import json
from dataclasses import dataclass
from typing import Any, NoReturn

from services.ingestion.model import Reason


@dataclass(frozen=True, slots=True)
class JsonFault:
    """Why a body is no JSON object."""

    code: Reason
    reason: str


class _NotFiniteError(ValueError):
    """NaN or Infinity, which JSON does not know."""


def parse_object(body: bytes) -> dict[str, Any] | JsonFault:
    """Return the JSON object in `body`, or the fault; never raises."""
    try:
        found = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        return _fault(error)
    if not isinstance(found, dict):
        return JsonFault(Reason.BAD_JSON, "JSON ist kein Objekt, erwartet wird {…}.")
    return found


def _fault(error: ValueError | RecursionError) -> JsonFault:
    code = Reason.BAD_JSON
    detail = "Zeichen oder Zahl nicht lesbar"  # not UTF-8, or an integer of thousands of digits
    if isinstance(error, _NotFiniteError):
        code, detail = Reason.NOT_FINITE, f"{error} ist keine Zahl"
    elif isinstance(error, json.JSONDecodeError):
        detail = f"Fehler in Zeile {error.lineno}, Spalte {error.colno}"
    elif isinstance(error, RecursionError):
        detail = "zu tief verschachtelt"
    return JsonFault(code, f"Kein gültiges JSON: {detail}.")


def _refuse(name: str) -> NoReturn:
    raise _NotFiniteError(name)
