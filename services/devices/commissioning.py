"""Commissioning: four fields become sensor rows, checked by the rules of sensors.csv."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError
from sqlalchemy.orm import Session, sessionmaker

from data import audit, commissioned, device_log, receipts, rejected, things
from data.device_log import NoteRow
from data.region_pack.loader import pack_faults
from data.region_pack.model import RegionPack
from data.region_pack.reasons import where_and_why
from data.region_pack.sensor_rows import SensorRow
from data.region_pack.tables import TABLES
from data.rejected import RejectedRow
from data.things import StreamRow, ThingRow
from services.clock import Clock, wall_now
from services.devices.decoded_models import OBJECT, battery_value, main_value, models, needs_path
from services.devices.errors import DeviceRefusedError
from services.devices.model import NoteKind
from services.devices.writing import storing
from services.ingestion.mapping import mapping_faults
from services.ingestion.model import Reason
from services.ingestion.spool import Spool
from services.ingestion.spooled import SpooledMessage
from services.ingestion.units import stored_unit
from services.people.identity import require
from services.people.model import Right
from services.region import Region

THING_KIND = "gauge"
CATCH_UP_MOST = 5000
"""Kept messages taken in again at a time (estimate): a month at 15 minutes is 2,880."""
DEFAULT_UNIT = "mm"


@dataclass(frozen=True, slots=True)
class Commission:
    """What a person enters. `place` is the mount height in m, or the path where one is needed.

    `unit` and `mount_height_m` go with a path of one's own.
    """

    dev_eui: str
    gauge_id: str
    model: str
    place: str = ""
    unit: str = DEFAULT_UNIT
    mount_height_m: str = ""


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
            faults = commission_faults(self.region.pack, others, rows)
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


def sensor_rows(asked: Commission, by: str, *, simulated: bool) -> tuple[SensorRow, ...]:
    """Return the rows that the fields come to.

    Raises
    ------
    DeviceRefusedError
        With the first fault of a field, in words.
    """
    if asked.model not in models():
        known = ", ".join(models())
        raise DeviceRefusedError(
            user_message=f"Das Modell „{asked.model}“ ist unbekannt, möglich sind {known}."
        )
    base: dict[str, object] = {
        "dev_eui": asked.dev_eui.strip().lower().replace("-", "").replace(":", ""),
        "gauge_id": asked.gauge_id,
        "decoder": "" if asked.model == OBJECT else asked.model,
        "simulated": simulated,
        "source": f"in Betrieb genommen von {by}",
    }
    rows = [_row({**base, **_main_cells(asked)})]
    battery = battery_value(asked.model)
    if battery is not None:
        cells = {"observed_property": "battery", "path": battery.path, "unit": battery.unit}
        rows.append(_row({**base, **cells}))
    return tuple(rows)


def commission_faults(
    pack: RegionPack, others: Sequence[SensorRow], rows: Sequence[SensorRow]
) -> list[str]:
    """Return what is wrong with new rows beside those of the pack and of other devices."""
    dev_eui = rows[0].dev_eui
    if dev_eui in {row.dev_eui for row in (*pack.sensors, *others)}:
        return [f"Das Gerät {dev_eui} ist schon einem Pegel zugeordnet."]
    if rows[0].gauge_id not in {row.gauge_id for row in pack.gauges}:
        return [f"Den Pegel „{rows[0].gauge_id}“ gibt es in dieser Region nicht."]
    before = _faults(replace(pack, sensors=(*pack.sensors, *others)))
    after = _faults(replace(pack, sensors=(*pack.sensors, *others, *rows)))
    found = [reason for reason in after if reason not in before]
    return [*found, *(_without_line(words) for words in mapping_faults(rows))]


def _main_cells(asked: Commission) -> Mapping[str, object]:
    observed = {"observed_property": "stage"}
    if needs_path(asked.model):
        height = asked.mount_height_m.strip().replace(",", ".")
        unit = asked.unit.strip() or DEFAULT_UNIT
        return {**observed, "path": asked.place.strip(), "unit": unit, "mount_height_m": height}
    value = main_value(asked.model)
    if value is None:
        raise DeviceRefusedError(
            user_message=f"Das Modell „{asked.model}“ gibt keinen Wasserstand."
        )
    height = asked.place.strip().replace(",", ".") if value.is_distance else ""
    return {**observed, "path": value.path, "unit": value.unit, "mount_height_m": height}


def _row(cells: Mapping[str, object]) -> SensorRow:
    try:
        return SensorRow.model_validate(cells)
    except ValidationError as error:
        column, reason = where_and_why(error.errors()[0])
        raise DeviceRefusedError(user_message=f"{FIELDS.get(column, column)}: {reason}.") from None


FIELDS = {
    "dev_eui": "DevEUI (16 Hex-Ziffern)",
    "gauge_id": "Pegel",
    "path": "Pfad",
    "unit": "Einheit",
    "mount_height_m": "Einbauhöhe in m",
}


def _faults(pack: RegionPack) -> list[str]:
    names = [table.file.removesuffix(".csv") for table in TABLES]
    lines = {name: tuple(range(2, len(getattr(pack, name)) + 2)) for name in names}
    return [
        f"{FIELDS.get(fault.column, fault.column)}: {fault.reason}."
        for fault in pack_faults(pack, lines)
        if fault.file == "sensors.csv"
    ]


def _without_line(words: str) -> str:
    """Return a fault of a row without the line of a file that there is none of."""
    return words.split(": ", 1)[-1]


def _message(row: RejectedRow) -> SpooledMessage:
    return SpooledMessage(row.source, row.topic, row.received_at, row.body, row.origin)


def _cells(row: SensorRow) -> list[object]:
    cells = (getattr(row, name) for name in SensorRow.model_fields)
    return [str(cell).lower() if isinstance(cell, bool) else _blank(cell) for cell in cells]


def _blank(cell: object) -> object:
    return "" if cell is None else cell
