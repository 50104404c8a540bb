"""The sensor rows that ingest works with: those of the pack, and devices commissioned meanwhile."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from data import commissioned
from data.region_pack.sensor_rows import SensorRow
from services.ingestion.mapping import rows_by_device

RELOAD_S = 30.0
"""So long what was read holds; a page promises a minute."""
ASK_AGAIN_S = 2.0
"""An unknown device is worth an earlier look: it may just have been commissioned (estimate)."""

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class AssignedDevices(Mapping[str, Sequence[SensorRow]]):
    """Sensor rows by device; rows of the pack win over commissioned ones of the same device."""

    sessions: sessionmaker[Session]
    region_id: str
    pack: Mapping[str, Sequence[SensorRow]]
    simulated: bool
    seconds: Callable[[], float] = time.monotonic
    _rows: Mapping[str, Sequence[SensorRow]] = field(default_factory=dict, init=False)
    _read_at: float | None = field(default=None, init=False)

    def __getitem__(self, dev_eui: str) -> Sequence[SensorRow]:
        """Return the rows of a device, read anew where they may be old."""
        if dev_eui not in self.pack:
            self._refresh(RELOAD_S)
            if dev_eui not in self._rows:
                self._refresh(ASK_AGAIN_S)
        return self.pack[dev_eui] if dev_eui in self.pack else self._rows[dev_eui]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the devices."""
        return iter({**self._rows, **self.pack})

    def __len__(self) -> int:
        """Return the number of devices."""
        return len({**self._rows, **self.pack})

    def _refresh(self, after_s: float) -> None:
        now = self.seconds()
        if self._read_at is not None and now - self._read_at < after_s:
            return
        self._read_at = now
        try:
            with self.sessions() as session:
                found = commissioned.rows(session, self.region_id)
        except SQLAlchemyError as error:
            # what was read before holds; the writer itself reports a store that does not answer
            logger.warning("In Betrieb genommene Geräte nicht lesbar: %s", type(error).__name__)
            return
        self._rows = rows_by_device(row for row in found if row.simulated == self.simulated)
