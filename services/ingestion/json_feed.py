"""JSON bodies of foreign services: bytes to an object or a list, bounded, with a German reason."""

import json
from typing import Any, NoReturn

from services.sources.errors import SourceFormatError


def parse_json(body: bytes) -> Any:  # noqa: ANN401  # JSON is any of its types; callers check
    """Return the JSON value in a body.

    Raises
    ------
    SourceFormatError
        For an empty body, another encoding than UTF-8, HTML, NaN, and what is no JSON.
    """
    if not body.strip():
        raise SourceFormatError("sie ist leer")
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise SourceFormatError("sie ist nicht in UTF-8 geschrieben") from error
    except (ValueError, RecursionError) as error:
        is_page = body.lstrip()[:1] == b"<"
        why = "es ist eine Webseite statt JSON" if is_page else "kein gültiges JSON"
        raise SourceFormatError(why) from error


def parse_list(body: bytes, most: int) -> list[dict[str, Any]]:
    """Return the objects of a JSON list, at most so many.

    Raises
    ------
    SourceFormatError
        When it is no list of objects, or too long.
    """
    found = parse_json(body)
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise SourceFormatError("erwartet wird eine Liste von Objekten")
    if len(found) > most:
        raise SourceFormatError(f"mehr als {most} Einträge")
    return found


def parse_dict(body: bytes) -> dict[str, Any]:
    """Return the JSON object of a body.

    Raises
    ------
    SourceFormatError
        When it is none.
    """
    found = parse_json(body)
    if not isinstance(found, dict):
        raise SourceFormatError("erwartet wird ein Objekt")
    return found


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)
