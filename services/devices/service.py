"""What pages and verbs may ask about devices: how each stands, gateways, quarter hours, one device.

Pages are read by many and change by the minute; nothing here scans years: receipts are asked by
device for the newest few, all else comes from daily tables.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from data import commissioned, device_days, device_log, gateways, observations, rejected, things
from data.gateways import HeardRow
from data.region_pack.sensor_rows import SensorRow
from services.clock import Clock
from services.devices import gateway_views, single
from services.devices.completeness import slot_days
from services.devices.errors import UnknownDeviceError
from services.devices.failing import depends_on, is_judged
from services.devices.model import (
    DeviceDetail,
    DeviceState,
    DevicesView,
    DeviceView,
    GaugeSlots,
    NoteKind,
)
from services.devices.unknown import unknown_devices
from services.errors import StoreUnavailableError
from services.ingestion.mapping import MAIN_PROPERTIES, rows_by_device
from services.ingestion.model import Reason
from services.ingestion.sources import PARSERS
from services.region import Region
from services.series.summary import day_of

WINDOW = timedelta(days=7)
"""Over so many days signal, losses and gateways are judged."""
PLACES = (NoteKind.INSTALLED.value, NoteKind.REMOVED.value)


@dataclass(frozen=True, slots=True)
class DeviceService:
    """Reads the devices of one region."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    public_url: str
    is_demo: bool

    def gauges(self) -> tuple[tuple[str, str], ...]:
        """Return id and name of the gauges that a device may be assigned to."""
        found = [
            (row.gauge_id, row.name) for row in self.region.pack.gauges if row.observes == "stage"
        ]
        return tuple(sorted(found, key=lambda item: item[1]))

    def overview(self) -> DevicesView:
        """Return how all devices stand.

        Raises
        ------
        StoreUnavailableError
            When the database does not answer.
        """
        now = self.clock.now()
        with self._reading() as session:
            sensors = self._sensors(session)
            heard = gateways.since(session, self._window(now))
            devices = self._devices(session, sensors, heard, now)
            counts = _uplinks(devices)
            gauge_of = {view.dev_eui: view.gauge_name for view in devices}
            senders = rejected.unknown_senders(session, Reason.UNKNOWN_DEVICE.value, PARSERS)
            return DevicesView(
                now=now,
                devices=devices,
                gateways=gateway_views.views(
                    heard, counts, gauge_of, self.region.pack.gateways, now
                ),
                pairs=gateway_views.pairs(heard, counts, gauge_of, self.region.pack.gateways),
                completeness=self._completeness(session, sensors, now),
                unknown=unknown_devices([item for item in senders if item.device not in sensors]),
                kept={item.device: item.count for item in senders if item.device in sensors},
            )

    def device(self, dev_eui: str) -> DeviceDetail:
        """Return one device with its days, gateways and log.

        Raises
        ------
        UnknownDeviceError
            When no sensor row names it.
        StoreUnavailableError
            When the database does not answer.
        """
        now = self.clock.now()
        with self._reading() as session:
            sensors = self._sensors(session)
            if dev_eui not in sensors:
                raise UnknownDeviceError(dev_eui)
            heard = gateways.since(session, self._window(now))
            mine = {dev_eui: sensors[dev_eui]}
            [view] = self._devices(session, mine, heard, now)
            slots = self._completeness(session, mine, now)
            return DeviceDetail(
                now=now,
                device=view,
                days=tuple(device_days.days(session, self._window(now), dev_eui)),
                links=gateway_views.links(
                    [row for row in heard if row.dev_eui == dev_eui], self.region.pack.gateways
                ),
                notes=tuple(device_log.of(session, dev_eui)),
                slots=slots[0] if slots else None,
                address=f"{self.public_url}/daten/geraet/{dev_eui}",
            )

    def _window(self, now: datetime) -> datetime:
        return day_of(now - WINDOW, self.region.timezone)

    def _sensors(self, session: Session) -> dict[str, list[SensorRow]]:
        """Return the sensor rows by device; those of the pack win."""
        rows = commissioned.rows(session, self.region.region_id)
        found = rows_by_device(row for row in rows if row.simulated == self.is_demo)
        return found | rows_by_device(self.region.sensors)

    def _devices(
        self,
        session: Session,
        sensors: Mapping[str, Sequence[SensorRow]],
        heard: Sequence[HeardRow],
        now: datetime,
    ) -> tuple[DeviceView, ...]:
        pack = {row.dev_eui for row in self.region.pack.sensors}
        facts = single.Facts(
            gauges={row.gauge_id: row for row in self.region.pack.gauges},
            latest={row.key: row for row in observations.latest(session)},
            streams={item.key: item for item in things.streams(session)},
            seen=gateways.newest_by_device(session),
            places=device_log.newest_of_kinds(session, PLACES),
            days=single.days_by_device(device_days.days(session, self._window(now))),
            now=now,
            zone=self.region.timezone,
        )
        found = [
            single.device_view(session, rows, facts, is_commissioned=dev_eui not in pack)
            for dev_eui, rows in sorted(sensors.items())
        ]
        counts = _uplinks(found)
        lost = depends_on(heard, counts)
        judged = {row.dev_eui for row in heard if is_judged(row, counts)}
        return tuple(
            replace(
                view,
                depends_on=lost.get(view.dev_eui, ()),
                is_judged=view.dev_eui in judged,
            )
            for view in found
        )

    def _completeness(
        self, session: Session, sensors: Mapping[str, Sequence[SensorRow]], now: datetime
    ) -> tuple[GaugeSlots, ...]:
        ids = things.ids(session)
        names = {row.gauge_id: row.name for row in self.region.pack.gauges}
        main = sorted(
            {
                (names[row.gauge_id], row.gauge_id, row.observed_property)
                for rows in sensors.values()
                for row in rows
                if row.observed_property in MAIN_PROPERTIES - {"rain"}
            }
        )
        return tuple(
            GaugeSlots(
                gauge_id,
                name,
                slot_days(session, ids[f"{gauge_id}/{kind}"], now, self.region.timezone),
            )
            for name, gauge_id, kind in main
            if f"{gauge_id}/{kind}" in ids
        )

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        try:
            with self.sessions() as session:
                yield session
        except DatabaseError as error:
            raise StoreUnavailableError from error


def _uplinks(devices: Sequence[DeviceView]) -> dict[str, int]:
    return {view.dev_eui: view.uplinks for view in devices}


def is_silent(view: DeviceView) -> bool:
    """Tell whether a device that should deliver does not."""
    return view.state in {DeviceState.OVERDUE, DeviceState.SILENT, DeviceState.NEVER}
