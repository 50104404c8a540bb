"""Records of data sets that are series: chosen datastreams, one after the other."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager

from sqlalchemy.orm import Session

from data.region_pack.datasets import DatasetRow
from data.things import StoredStream
from services.archive.reading import SeriesReader, Sourced
from services.catalogue.holdings.tables import point
from services.catalogue.model import Record, Selection, Window
from services.errors import BadParameterError

Open = Callable[[], AbstractContextManager[Session]]


def streams_of(row: DatasetRow, stored: Sequence[StoredStream]) -> list[StoredStream]:
    """Return the datastreams that a data set is made of."""
    return [
        found
        for found in stored
        if found.thing.kind in row.things and found.observed_property in row.properties
    ]


def chosen_streams(
    row: DatasetRow, stored: Sequence[StoredStream], chosen: Selection
) -> list[StoredStream]:
    """Return the datastreams that are asked for.

    Raises
    ------
    BadParameterError
        When a thing or property is named that the data set does not have.
    """
    found = streams_of(row, stored)
    if chosen.observed_property and chosen.observed_property not in row.properties:
        raise BadParameterError(
            user_message=f"property muss eines von {', '.join(row.properties)} sein."
        )
    if chosen.gauge and chosen.gauge not in {stream.thing.thing_id for stream in found}:
        raise BadParameterError(
            user_message=f"gauge: „{chosen.gauge[:40]}“ gehört nicht zu diesem Datensatz."
        )
    return [
        stream
        for stream in found
        if chosen.gauge in {"", stream.thing.thing_id}
        and chosen.observed_property in {"", stream.observed_property}
    ]


def series_records(
    opened: Open,
    reader: SeriesReader,
    streams: Sequence[StoredStream],
    window: Window,
    limit: int,
) -> Iterator[Record]:
    """Yield the values of a window; only one datastream is in memory at a time."""
    for stream in streams:
        with opened() as session:
            if window.as_of is None:
                found = reader.window_with_origin(
                    session, stream.datastream_id, window.start, window.end, limit
                )
            else:
                found = reader.known_with_origin(
                    session, stream.datastream_id, window.start, window.end, window.as_of
                )
        for said in found:
            yield record(stream, said)


def record(stream: StoredStream, said: Sourced) -> Record:
    """Return one value of a datastream as a row."""
    at, value, flag, origin = said
    thing = stream.thing
    return Record(
        (
            thing.thing_id,
            thing.name,
            stream.observed_property,
            at,
            value,
            stream.unit,
            flag,
            thing.lat,
            thing.lon,
            origin,
        ),
        point(thing.lat, thing.lon),
    )
