"""A table of a statistical office to values of municipalities; refused rows are told in short."""

from functools import partial

from sqlalchemy.orm import Session

from data import indicators
from data.indicators import IndicatorRow
from services.ingestion.statistics import source
from services.sources.errors import SourceFormatError
from services.sources.model import Harvest, Request, Visit
from services.tables.errors import TableMappingError, TableUnreadableError
from services.tables.mapping import IndicatorMapping, Mapped, map_indicator
from services.tables.reader import read_table

FOREIGN = "Gemeinde liegt nicht in dieser Region"
"""Tables of a state hold all its municipalities: those of others are no fault."""
MOST_NOTES = 3


def collect(visit: Visit) -> Harvest:
    """Fetch the table and return the values of the region's municipalities."""
    options = source.Options.model_validate(visit.entry.options)
    request = Request(visit.url, is_conditional=True, max_bytes=source.MAX_BYTES)
    body = visit.fetch(request).body
    mapping = IndicatorMapping(
        options.ags_column,
        options.value_column,
        options.period_column,
        options.period,
        options.decimal,
    )
    known = {row.ags for row in visit.region.pack.municipalities}
    try:
        table = read_table(body, skip=options.skip, sheet=options.sheet)
        mapped = map_indicator(table, mapping, known)
    except (TableUnreadableError, TableMappingError) as error:
        raise SourceFormatError(str(error)) from error
    if not mapped.values:
        raise SourceFormatError("keine Zeile gehört zu einer Gemeinde der Region")
    row = IndicatorRow(
        indicator_id=options.indicator,
        title=options.title,
        unit=options.unit,
        source=f"{visit.entry.publisher}, {visit.url}"[:300],
        licence=visit.entry.licence[:100],
        imported_at=visit.now,
        imported_by=visit.entry.id,
    )
    return Harvest(
        items=table.rows,
        newest_at=visit.now,
        notes=tuple(_notes(mapped)),
        store=partial(_store, row, mapped),
    )


def _store(row: IndicatorRow, mapped: Mapped, session: Session) -> int:
    indicators.describe(session, row)
    return indicators.append(session, row.indicator_id, mapped.values, row.imported_at)


def _notes(mapped: Mapped) -> list[str]:
    told = [(reason, count) for reason, count in mapped.reasons.most_common() if reason != FOREIGN]
    return [f"{count} Zeilen: {reason}" for reason, count in told[:MOST_NOTES]]
