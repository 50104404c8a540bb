"""What the columns of a region pack may hold: kinds of values with their limits, base of rows."""

from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
)

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=64)]
Ags = Annotated[str, StringConstraints(pattern=r"^\d{8}$")]
Ars = Annotated[str, StringConstraints(pattern=r"^\d{12}$")]
Lat = Annotated[float, Field(ge=-90, le=90)]
Lon = Annotated[float, Field(ge=-180, le=180)]
Km = Annotated[float, Field(ge=0, le=2000)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
MAP_COMMAND = "@@"
"""The JSON format of pydeck reads texts that begin so as functions and constants."""
Level = Literal["voralarm", "warnung", "alarm"]


def _real_date(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("dieses Datum gibt es nicht, Beispiel: 2026-11-01") from error
    return text


def _empty_to_none(value: object) -> object:
    return None if value == "" else value


IsoDate = Annotated[
    str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_real_date)
]
OptionalFloat = Annotated[float | None, BeforeValidator(_empty_to_none)]
OptionalCount = Annotated[Annotated[int, Field(ge=0)] | None, BeforeValidator(_empty_to_none)]
OptionalHeight = Annotated[Annotated[float, Field(gt=0)] | None, BeforeValidator(_empty_to_none)]
OptionalLat = Annotated[Lat | None, BeforeValidator(_empty_to_none)]
OptionalLon = Annotated[Lon | None, BeforeValidator(_empty_to_none)]
OptionalSlug = Annotated[Slug | None, BeforeValidator(_empty_to_none)]


class Row(BaseModel):
    """Base of all rows: unknown columns are a fault, values are immutable, numbers are finite."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _is_readable(cls, value: object) -> object:
        """Refuse what people do not see, or what the maps would take for a command."""
        if not isinstance(value, str):
            return value
        hidden = next((sign for sign in value if not (sign.isprintable() or sign.isspace())), "")
        if hidden:
            raise ValueError(f"enthält ein unsichtbares Zeichen (U+{ord(hidden):04X})")
        if value.lstrip().startswith(MAP_COMMAND):
            raise ValueError(f"beginnt mit {MAP_COMMAND}: das halten Karten für einen Befehl")
        return value
