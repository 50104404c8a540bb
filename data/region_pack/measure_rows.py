"""Rows of the alarm plan: which measure an actor takes at which level, where."""

from typing import Annotated

from pydantic import Field, StringConstraints

from data.region_pack.columns import Level, OptionalSlug, Row, Slug, Text


class MeasureRow(Row):
    """A measure of an actor at a level: of a place, of a river, or of any river.

    Actors and contacts are roles, never people.
    """

    measure_id: Slug
    level: Level
    river_id: OptionalSlug = None
    place_id: OptionalSlug = None
    order: Annotated[int, Field(ge=0, le=999)]
    actor: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    what: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    precondition: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    contact_role: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)] = ""
    document: Annotated[str, StringConstraints(pattern=r"^(https://\S+)?$", max_length=300)] = ""
    maintained_by: Text
    source: Text
    confidence: Text
