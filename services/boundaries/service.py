"""Boundaries as maps need them: the imported ones, else schematic cells, always labelled."""

import logging
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlparse
from urllib.request import urlopen

from sqlalchemy.orm import Session, sessionmaker

from data import audit, operation
from data.engine import writing
from services.boundaries.importer import read_boundaries
from services.boundaries.outline import Ring, simple_rings
from services.boundaries.schematic import schematic_features
from services.cache_policy import Remember, forget_at_once
from services.clock import wall_now
from services.errors import ImportFailedError
from services.region import Region
from services.settlement_model import BoundarySet

LOG = logging.getLogger(__name__)
TIMEOUT_S = 10.0
"""Time-out of the one attempt to fetch the official boundaries (docs: DESIGN, regions)."""
SOURCE = "boundaries"
OFFICIAL = "© GeoBasis-DE / BKG (dl-de/by-2-0), www.bkg.bund.de, Daten verändert"
SCHEMATIC_LABEL = "schematisch: Flächen um einen Punkt je Gemeinde, keine amtlichen Grenzen"


@dataclass(frozen=True, slots=True)
class BoundaryService:
    """Reads, imports and fetches boundaries."""

    sessions: sessionmaker[Session]
    region: Region
    wall: Callable[[], datetime] = wall_now
    remember: Remember = forget_at_once

    def current(self) -> BoundarySet:
        """Return the boundaries to draw."""
        return self.remember("boundaries.current", self.region.region_id, self._read)

    def outline(self) -> tuple[Ring, ...]:
        """Return the rings of the municipalities with few corners, for small drawings."""
        return self.remember(
            "boundaries.outline",
            self.region.region_id,
            lambda: simple_rings(self.current().features),
        )

    def _read(self) -> BoundarySet:
        with self.sessions() as session:
            rows = operation.boundaries(session)
        if not rows:
            return BoundarySet(
                features=schematic_features(self.region.pack.municipalities),
                is_schematic=True,
                label=SCHEMATIC_LABEL,
                attribution="Punkte: © GeoBasis-DE / BKG 2021 (dl-de/by-2-0), Daten verändert",
            )
        features = tuple(
            {
                "type": "Feature",
                "properties": {"ags": row.ags, "name": row.name},
                "geometry": dict(row.geometry),
            }
            for row in rows
        )
        return BoundarySet(features, is_schematic=False, label="", attribution=rows[0].source)

    def import_file(self, path: Path, *, source: str = OFFICIAL, actor: str = "cli") -> int:
        """Import a file and return how many municipalities it held."""
        now = self.wall()
        found = read_boundaries(path, self.region.pack.info.ags_prefix, source, now)
        with self.sessions() as session, session.begin():
            writing(session)
            operation.replace_boundaries(session, found.rows)
            audit.note(session, now, actor, "import boundaries", path.name, rows=len(found.rows))
            operation.report(session, SOURCE, now, ok=True, message=f"{len(found.rows)} Gemeinden")
        return len(found.rows)

    def import_url(self, url: str, *, source: str = OFFICIAL, actor: str = "cli") -> int:
        """Fetch a file over HTTPS and import it."""
        if urlparse(url).scheme != "https":
            raise ImportFailedError(user_message="Nur https-Adressen werden geladen.")
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / (Path(urlparse(url).path).name or "boundaries.gpkg")
            try:
                with urlopen(url, timeout=TIMEOUT_S) as answer, target.open("wb") as out:  # noqa: S310  # https only, checked above
                    shutil.copyfileobj(answer, out)
            except (URLError, TimeoutError, OSError) as error:
                raise ImportFailedError(
                    str(error),
                    user_message=f"{url} ist nicht erreichbar; die Karte bleibt schematisch.",
                ) from error
            return self.import_file(target, source=source, actor=actor)

    def fetch_once(self, url: str) -> bool:
        """Try the official server once in the life of a database; tells if boundaries came."""
        with self.sessions() as session:
            tried = any(row.source == SOURCE for row in operation.sources(session))
        if tried:
            return False
        try:
            self.import_url(url, actor="worker")
        except ImportFailedError as error:
            LOG.warning("Amtliche Grenzen: %s", error.user_message)
            with self.sessions() as session, session.begin():
                writing(session)
                operation.report(session, SOURCE, self.wall(), ok=False, message=error.user_message)
            return False
        return True
