"""Telephone numbers for the printed list: of roles and offices, never of people."""

from typing import Annotated

from pydantic import Field, StringConstraints

from data.region_pack.columns import OptionalSlug, Row, Slug, Text


class ContactRow(Row):
    """A role with its official number; an empty one is printed as a line to fill in by hand."""

    contact_id: Slug
    order: Annotated[int, Field(ge=0, le=999)]
    role: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    place_id: OptionalSlug = None
    number: Annotated[str, StringConstraints(pattern=r"^(\+?[0-9][0-9 /-]{1,30})?$")] = ""
    source: Text
    confidence: Text
