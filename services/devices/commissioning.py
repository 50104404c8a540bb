"""Commissioning: four fields become sensor rows, checked by the rules of sensors.csv."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session, sessionmaker

from data import audit, commissioned, device_log, receipts, rejected, things
from data.device_log import NoteRow
from data.region_pack.sensor_rows import SensorRow
from data.rejected import RejectedRow
from data.things import StreamRow, ThingRow
from services.clock import Clock, wall_now
from services.devices.commission_rows import Commission, commission_faults, sensor_rows
from services.devices.errors import DeviceRefusedError, UnknownDeviceError
from services.devices.model import NoteKind
from services.ingestion.model import Reason
from services.ingestion.spool import Spool
from services.ingestion.spooled import SpooledMessage
from services.ingestion.units import stored_unit
from services.people.identity import require
from services.people.model import Right
from services.region import Region
from services.storing import storing

THING_KIND = "gauge"
CATCH_UP_MOST = 5000
"""Kept messages taken in again at a time (estimate): a month at 15 minutes is 2,880."""


@dataclass(frozen=True, slots=True)
class CommissioningService:
    """Assigns devices to the gauges of one region."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    spool: Spool
    is_demo: bool

    def add(self, asked: Commission) -> int:
        """Assign a device and return how many of its messages are kept and may be taken in.

        Raises
        ------
        DeviceRefusedError
            With the first fault of the fields.
        NotSignedInError, NotAllowedError
            Without the right to curate.
        """
        named = require(Right.CURATE).actor
        rows = sensor_rows(asked, named, simulated=self.is_demo)
        with storing(self.sessions) as session:
            others = commissioned.rows(session, self.region.region_id)
            taken = {row.dev_eui for row in (*self.region.pack.sensors, *others)}
            if rows[0].dev_eui in taken:
                words = f"Das Gerät {rows[0].dev_eui} ist schon einem Pegel zugeordnet."
                raise DeviceRefusedError(user_message=words)
            faults = commission_faults(
                replace(self.region.pack, sensors=_standing(session, self.region.pack.sensors)),
                _standing(session, others),
                rows,
            )
            if faults:
                raise DeviceRefusedError(user_message=faults[0])
            commissioned.add(session, self.region.region_id, rows, wall_now(), named)
            things.ensure(session, self.region.region_id, self._streams(rows))
            dev_eui = rows[0].dev_eui
            words = f"In Betrieb genommen am Pegel {rows[0].gauge_id}, Modell {asked.model}."
            kind = NoteKind.INSTALLED.value
            device_log.add(session, NoteRow(dev_eui, self.clock.now(), named, kind, words))
            audit.note(
                session,
                wall_now(),
                named,
                "device-add",
                dev_eui,
                rows=[row.model_dump(mode="json") for row in rows],
            )
            return len(self._kept(session, dev_eui))

    def remove(self, dev_eui: str, text: str) -> None:
        """Take back the assignment of a commissioned device; its readings stay.

        Raises
        ------
        UnknownDeviceError
            When no commissioned device has this id.
        NotSignedInError, NotAllowedError
            Without the right to curate.
        """
        named = require(Right.CURATE).actor
        with storing(self.sessions) as session:
            if not commissioned.remove(session, self.region.region_id, dev_eui):
                raise UnknownDeviceError(
                    dev_eui,
                    user_message="Dieses Gerät wurde hier nicht in Betrieb genommen. Zeilen von"
                    " sensors.csv ändert nur das Regionspaket; sein Ausbau steht im Protokoll.",
                )
            kind, words = NoteKind.REMOVED.value, text.strip() or "Zuordnung zurückgenommen."
            device_log.add(session, NoteRow(dev_eui, self.clock.now(), named, kind, words))
            audit.note(session, wall_now(), named, "device-remove", dev_eui, text=words)

    def catch_up(self, dev_eui: str) -> int:
        """Take in again what was rejected before the device was known; return how many messages.

        Receipts go first and the kept messages last: whatever ends in between, nothing is lost,
        and what comes twice is recognised as such.
        """
        named = require(Right.CURATE).actor
        with storing(self.sessions) as session:
            kept = self._kept(session, dev_eui)
            receipts.forget_uplinks(session, dev_eui, (row.received_at for _, row in kept))
            audit.note(session, wall_now(), named, "device-catch-up", dev_eui, messages=len(kept))
        self.spool.put([_message(row) for _, row in kept])
        with storing(self.sessions) as session:
            rejected.forget(session, (number for number, _ in kept))
        return len(kept)

    def export(self) -> str:
        """Return the commissioned devices as lines of sensors.csv, with its header."""
        with storing(self.sessions) as session:
            rows = commissioned.rows(session, self.region.region_id)
        target = io.StringIO()
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(SensorRow.model_fields)
        writer.writerows(_cells(row) for row in rows)
        return target.getvalue()

    def _kept(self, session: Session, dev_eui: str) -> list[tuple[int, RejectedRow]]:
        reason = Reason.UNKNOWN_DEVICE.value
        found = rejected.of_device(session, dev_eui, reason, CATCH_UP_MOST)
        return [(number, row) for number, row in found if len(row.body) < rejected.BODY_LIMIT]

    def _streams(self, rows: Sequence[SensorRow]) -> list[StreamRow]:
        gauges = {row.gauge_id: row for row in self.region.pack.gauges}
        return [
            StreamRow(
                ThingRow(gauge.gauge_id, gauge.name, THING_KIND, gauge.lat, gauge.lon),
                row.observed_property,
                stored_unit(row.observed_property, row.unit),
            )
            for row in rows
            for gauge in (gauges[row.gauge_id],)
        ]


def _standing(session: Session, rows: Iterable[SensorRow]) -> tuple[SensorRow, ...]:
    """Return the rows of devices that have not been taken out: their gauges are free again."""
    kinds = (NoteKind.INSTALLED.value, NoteKind.REMOVED.value)
    newest = device_log.newest_of_kinds(session, kinds)
    gone = {dev for dev, note in newest.items() if note.kind == NoteKind.REMOVED}
    return tuple(row for row in rows if row.dev_eui not in gone)


def _message(row: RejectedRow) -> SpooledMessage:
    return SpooledMessage(row.source, row.topic, row.received_at, row.body, row.origin)


def _cells(row: SensorRow) -> list[object]:
    cells = (getattr(row, name) for name in SensorRow.model_fields)
    return [str(cell).lower() if isinstance(cell, bool) else _blank(cell) for cell in cells]


def _blank(cell: object) -> object:
    return "" if cell is None else cell
