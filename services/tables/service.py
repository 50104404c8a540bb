"""Imports tables: a preview with a guess, then what the chosen columns give, with its source."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data import audit, indicators, things
from data.indicators import IndicatorRow
from data.observations import ObservationRow
from services.clock import wall_now
from services.flood.model import Flag
from services.ingestion.flagging import Changes, flag_readings, store_flagged
from services.ingestion.model import Reading
from services.ingestion.recent import RecentCache
from services.ingestion.units import UnitError, stored_unit, to_stored
from services.people.identity import require
from services.people.model import Right
from services.quality.receipt import Flagger
from services.region import Region
from services.storing import storing
from services.tables.errors import TableMappingError
from services.tables.guess import Guess, guess
from services.tables.hints import hints
from services.tables.mapping import IndicatorMapping, Mapped, Refused, map_indicator
from services.tables.reader import Table, read_table
from services.tables.series import SeriesMapping, map_series
from services.tables.stations import refuse_mixed, stations

ORIGIN = "imported"
HEAD_ROWS = 12


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds, before anything is stored."""

    columns: tuple[str, ...]
    head: tuple[tuple[str, ...], ...]
    rows: int
    encoding: str
    delimiter: str
    guess: Guess
    stations: tuple[str, ...] = ()
    """What the proposed column of the station holds, the first of them."""
    hints: tuple[str, ...] = ()
    """What looks wrong, each a German sentence with the way out."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or (`is_stored` false) would do."""

    rows: int
    usable: int
    changed: int
    refused: tuple[Refused, ...]
    reasons: dict[str, int]
    is_stored: bool
    reflagged: int = 0
    """Values stored before whose flag changed, as their neighbours are known now."""


@dataclass(frozen=True, slots=True)
class IndicatorMeta:
    """What an imported indicator is called, in which unit, from where, under which licence."""

    indicator_id: str
    title: str
    unit: str
    source: str
    licence: str


@dataclass(frozen=True, slots=True)
class TableService:
    """Reads tables of people and of statistical offices into indicators and datastreams."""

    sessions: sessionmaker[Session]
    region: Region
    flagger: Flagger
    now: Callable[[], datetime] = wall_now
    """When something is imported."""
    measured_until: Callable[[], datetime] = wall_now
    """The clock that counts: what was measured after it has not happened yet."""

    def preview(self, body: bytes, *, skip: int = 0, sheet: str = "") -> Preview:
        """Return the beginning of a table and which columns may be meant.

        Raises
        ------
        TableUnreadableError
            When the file is no table.
        """
        table = read_table(body, skip=skip, sheet=sheet)
        head = tuple(table.head(HEAD_ROWS))
        found = guess(table.columns, head)
        held = stations(table, found.station_column) if found.station_column else ()
        said = hints(
            table.columns, head, [(row.lat, row.lon) for row in self.region.pack.municipalities]
        )
        return Preview(
            table.columns, head, table.rows, table.encoding, table.delimiter, found, held, said
        )

    def import_indicator(
        self,
        table: Table,
        mapping: IndicatorMapping,
        meta: IndicatorMeta,
        *,
        dry_run: bool = False,
    ) -> ImportReport:
        """Store an indicator; values that are the same already change nothing.

        Raises
        ------
        TableMappingError
            When the columns do not fit or the indicator lacks title, source or licence.
        NotSignedInError, NotAllowedError
            Without the right to curate.
        """
        by = require(Right.CURATE).actor
        lacking = [name for name in IndicatorMeta.__slots__ if not getattr(meta, name).strip()]
        if lacking:
            raise TableMappingError(f"es fehlt {', '.join(lacking)}")
        known = {row.ags for row in self.region.pack.municipalities}
        mapped = map_indicator(table, mapping, known)
        changed = 0
        if not dry_run and mapped.values:
            at = self.now()
            with storing(self.sessions) as session:
                fields = {name: getattr(meta, name) for name in IndicatorMeta.__slots__}
                indicators.describe(session, IndicatorRow(**fields, imported_at=at, imported_by=by))
                changed = indicators.append(session, meta.indicator_id, mapped.values, at)
                self._note(session, at, by, meta.indicator_id, rows=table.rows, changed=changed)
        return _report(table, mapped, len(mapped.values), changed, is_stored=not dry_run)

    def import_series(
        self,
        table: Table,
        mapping: SeriesMapping,
        key: str,
        unit: str,
        *,
        dry_run: bool = False,
    ) -> ImportReport:
        """Store values of a datastream, flagged like any other reading; raw values stay as given.

        Raises
        ------
        TableMappingError
            When the columns, the datastream or the unit do not fit.
        NotSignedInError, NotAllowedError
            Without the right to curate.
        """
        by = require(Right.CURATE).actor
        stream = self._stream(key)
        try:
            if stored_unit(stream.observed_property, unit) != stream.unit:
                raise TableMappingError(f"die Einheit „{unit}“ passt nicht zu {key}")
        except UnitError as error:
            raise TableMappingError(str(error)) from error
        refuse_mixed(table, mapping)
        mapped = map_series(table, mapping, self.region.timezone, self.measured_until())
        changed = Changes(0, 0)
        if not dry_run and mapped.readings:
            changed = self._store(stream, mapped, unit, by)
        report = _report(table, mapped, len(mapped.readings), changed.rows, is_stored=not dry_run)
        return replace(report, reflagged=changed.flags)

    def _stream(self, key: str) -> things.StoredStream:
        with self.sessions() as session:
            found = {stream.key: stream for stream in things.streams(session)}
        if key not in found:
            raise TableMappingError(f"eine Messreihe „{key[:60]}“ gibt es nicht")
        return found[key]

    def _store(self, stream: things.StoredStream, mapped: Mapped, unit: str, by: str) -> Changes:
        at = self.now()
        readings = [
            Reading(
                stream.key,
                instant,
                at,
                to_stored(value, stream.observed_property, unit),
                value,
                ORIGIN,
            )
            for instant, value in mapped.readings
            if value is not None
        ]
        missing = [instant for instant, value in mapped.readings if value is None]
        with storing(self.sessions) as session:
            ids = {stream.key: stream.datastream_id}
            flagged = flag_readings(session, readings, ids, self.flagger, RecentCache())
            flagged.rows += [_missing(stream.datastream_id, instant, at) for instant in missing]
            changed = store_flagged(session, flagged, actor=by)
            self._note(session, at, by, stream.key, rows=len(mapped.readings), changed=changed.rows)
        return changed

    def _note(self, session: Session, at: datetime, by: str, target: str, **details: int) -> None:
        audit.note(session, at, by, "import-table", target, **details)


def _missing(datastream_id: int, instant: datetime, at: datetime) -> ObservationRow:
    reason = "in der Tabelle als fehlend gekennzeichnet"
    return ObservationRow(datastream_id, instant, at, None, None, Flag.MISSING, reason, ORIGIN)


def _report(
    table: Table, mapped: Mapped, usable: int, changed: int, *, is_stored: bool
) -> ImportReport:
    return ImportReport(
        table.rows, usable, changed, tuple(mapped.refused), dict(mapped.reasons), is_stored
    )
