"""Path and query parameters of the API; an unknown query parameter is refused."""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$")]
Instant = Annotated[
    str,
    Field(
        description="Zeitpunkt mit Zeitzone, ISO 8601",
        examples=["2021-07-14T18:00:00Z"],
        max_length=40,
    ),
]
MOST_ROWS = 1000


class Asked(BaseModel):
    """Parameters of a query; the library asks for their schema at each request."""

    @classmethod
    @cache
    def model_json_schema(cls, *given: Any, **named: Any) -> dict[str, Any]:  # type: ignore[override]  # noqa: ANN401
        """Return the schema, made once for each class."""
        return super().model_json_schema(*given, **named)


class Strict(Asked):
    """Refuses what it does not know."""

    model_config = ConfigDict(extra="forbid")


class NoQuery(Strict):
    """No parameters."""


class GaugePath(BaseModel):
    """A gauge."""

    gauge_id: Id = Field(description="Kennung des Pegels")


class StreamPath(BaseModel):
    """A datastream: `<thing>/<property>`."""

    key: str = Field(description="Messreihe, z. B. iot-nitz/stage", max_length=160)


class MunicipalityPath(BaseModel):
    """A municipality."""

    ags: Annotated[str, Field(pattern=r"^\d{8}$", description="Amtlicher Gemeindeschlüssel")]


class RunPath(BaseModel):
    """A run."""

    run_id: Id = Field(description="Kennung eines Laufs")


class WarningPath(BaseModel):
    """A place on a river."""

    place_id: Id = Field(description="Kennung des Ortes")
    river_id: Id = Field(description="Kennung des Gewässers")


class ThingsPath(BaseModel):
    """A path of SensorThings below its root."""

    path: str = Field(description="z. B. Datastreams(1)/Observations", max_length=400)


class ObservationQuery(Strict):
    """Which readings."""

    start: Instant | None = None
    end: Instant | None = None
    resolution: Literal["raw", "hour", "day"] = "raw"
    flags: Annotated[
        str, Field(pattern=r"^(|\d(,\d){0,8})$", description="Kennzeichen, z. B. 1,2")
    ] = ""
    as_of: Annotated[
        Instant | None, Field(description="Stand, der damals bekannt war; nur mit raw")
    ] = None
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = 100
    cursor: Annotated[
        str, Field(max_length=80, description="Aus dem Verweis auf die nächste Seite")
    ] = ""


class LeadTimeQuery(Strict):
    """Which run: the newest, or the newest at an instant."""

    as_of: Instant | None = None


class IndicatorQuery(Strict):
    """Which figures."""

    indicator: Annotated[str, Field(max_length=80)] = ""
    ags: Annotated[str, Field(pattern=r"^(|\d{8})$")] = ""
    period: Annotated[str, Field(max_length=20)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = 100
    cursor: Annotated[str, Field(max_length=80)] = ""


class ThingsQuery(Asked):
    """Options of OGC SensorThings, see the standard."""

    model_config = ConfigDict(extra="allow")

    filter: str | None = Field(None, alias="$filter")
    orderby: str | None = Field(None, alias="$orderby")
    top: str | None = Field(None, alias="$top")
    skip: str | None = Field(None, alias="$skip")
    count: str | None = Field(None, alias="$count")
    select: str | None = Field(None, alias="$select")
    expand: str | None = Field(None, alias="$expand")
