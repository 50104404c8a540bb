"""Where results of verifications are kept: in the store as runs, and shipped with the region."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session, sessionmaker

from data import runs
from data.engine import writing
from services.flood.verification.records import FORMAT
from services.flood.version import MODEL_VERSION
from services.region import Region

FILE: Final = "verification.json"


@dataclass(frozen=True, slots=True)
class Verification:
    """A kept report; `is_shipped` tells that it came with the region, not from this computer.

    `outdated` names in German what differs from the running cockpit.
    """

    report: Mapping[str, Any]
    is_shipped: bool
    outdated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerificationShelf:
    """Keeps reports and gives the newest one."""

    sessions: sessionmaker[Session]
    region: Region
    region_path: Path

    def keep(self, report: Mapping[str, Any], started_at: datetime, finished_at: datetime) -> str:
        """Store a report as a run and return the run's id."""
        row = runs.RunRow(
            run_id=str(uuid.uuid4()),
            region_id=self.region.region_id,
            kind=runs.VERIFICATION,
            clock="",
            status=runs.DONE,
            progress=1.0,
            as_of=finished_at,
            started_at=started_at,
            finished_at=finished_at,
            model_version=str(report["model_version"]),
            config_hash=str(report["config_hash"]),
            origin="simulated",
            requested_by="verify",
            parameters={"report": dict(report)},
            faults=(),
            message=f"{report['events']} Zufallsereignisse",
        )
        with self.sessions() as session, session.begin():
            writing(session)
            runs.add(session, row)
        return row.run_id

    def newest(self) -> Verification | None:
        """Return the newest stored report, else the shipped one, None without either."""
        with self.sessions() as session:
            found = runs.recent(session, self.region.region_id, runs.VERIFICATION, 1)
        if found and found[0].parameters["report"].get("format") == FORMAT:
            return self._verification(found[0].parameters["report"], is_shipped=False)
        path = self.region_path / FILE
        if not path.is_file():
            return None
        shipped = json.loads(path.read_text(encoding="utf-8"))
        if shipped.get("format") != FORMAT or shipped.get("region") != self.region.region_id:
            return None
        return self._verification(shipped, is_shipped=True)

    def gauge_names(self) -> dict[str, str]:
        """Return the names of all gauges by id."""
        return {row.gauge_id: row.name for row in self.region.pack.gauges}

    def _verification(self, report: Mapping[str, Any], *, is_shipped: bool) -> Verification:
        running = {
            "Modell": ("model_version", MODEL_VERSION),
            "Konfiguration": ("config_hash", self.region.network.config_hash),
        }
        outdated = tuple(
            f"{word} {report[key]}, hier läuft {value}"
            for word, (key, value) in running.items()
            if report[key] != value
        )
        return Verification(report, is_shipped, outdated)
