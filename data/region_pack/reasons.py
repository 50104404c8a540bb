"""Why a value of a pack is refused, in German: pydantic's reasons in the words of this project."""

from collections.abc import Mapping

from pydantic_core import ErrorDetails

SHOWN = 60
"""Characters of a wrong value that are shown."""

REASONS: Mapping[str, str] = {
    "missing": "fehlt",
    "extra_forbidden": "unbekannte Angabe",
    "float_parsing": "keine Zahl (mit Dezimalpunkt)",
    "float_type": "keine Zahl (mit Dezimalpunkt)",
    "int_parsing": "keine ganze Zahl",
    "int_from_float": "keine ganze Zahl",
    "int_type": "keine ganze Zahl",
    "finite_number": "keine endliche Zahl",
    "bool_parsing": "weder true noch false",
    "string_type": "kein Text",
    "string_too_short": "leer",
    "string_too_long": "länger als {max_length} Zeichen",
    "string_pattern_mismatch": "passt nicht zum Muster {pattern}",
    "literal_error": "nicht erlaubt, möglich sind {expected}",
    "greater_than": "nicht größer als {gt}",
    "greater_than_equal": "kleiner als {ge}",
    "less_than": "nicht kleiner als {lt}",
    "less_than_equal": "größer als {le}",
    "timezone_aware": "Zeit ohne Zeitzone, Beispiel: 2021-07-14T14:00:00+02:00",
    "datetime_type": "keine Zeit, Beispiel: 2021-07-14T14:00:00+02:00",
    "datetime_parsing": "keine Zeit, Beispiel: 2021-07-14T14:00:00+02:00",
    "datetime_from_date_parsing": "keine Zeit, Beispiel: 2021-07-14T14:00:00+02:00",
    "date_type": "kein Datum, Beispiel: 2026-11-01",
    "date_from_datetime_parsing": "kein Datum, Beispiel: 2026-11-01",
    "date_from_datetime_inexact": "kein Datum ohne Uhrzeit, Beispiel: 2026-11-01",
    "date_parsing": "kein Datum, Beispiel: 2026-11-01",
    "too_short": "weniger als {min_length} Angaben",
    "too_long": "mehr als {max_length} Angaben",
    "tuple_type": "keine Liste",
    "list_type": "keine Liste",
    "dict_type": "kein Objekt",
    "enum": "nicht erlaubt, möglich sind {expected}",
    "bool_type": "weder true noch false",
    "datetime_object_invalid": "keine Zeit, Beispiel: 2021-07-14T14:00:00+02:00",
    "timezone_offset": "andere Zeitzone als verlangt",
    "string_unicode": "kein lesbarer Text (UTF-8)",
    "json_invalid": "kein lesbares JSON",
    "model_type": "kein Objekt",
    "model_attributes_type": "kein Objekt",
    "float_finite": "keine endliche Zahl",
    "int_parsing_size": "zu große Zahl",
    "assertion_error": "{error}",
    "value_error": "{error}",
}
"""By pydantic's type of error; braces are filled from the error's context."""


def where_and_why(item: ErrorDetails) -> tuple[str, str]:
    """Return column (or key) and German reason of one pydantic error."""
    column = ".".join(str(part) for part in item["loc"] if part != "function-before")
    template = REASONS.get(item["type"])
    context = {key: _german(value) for key, value in item.get("ctx", {}).items()}
    reason = template.format(**context) if template else f"ungültig ({item['type']})"
    if item["type"] in {"missing", "extra_forbidden"}:
        return column, reason
    return column, f"{reason} (Wert: {str(item.get('input'))[:SHOWN]!r})"


def _german(value: object) -> str:
    return str(value).replace(" or ", " oder ")
