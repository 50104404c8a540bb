"""What the present situation suggests for a warning: places, texts, values; and typed areas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.flood.wording import STATE_WORDS
from services.people.identity import require
from services.people.model import Right
from services.region import Region
from services.warnings import texts
from services.warnings.cap import RESPONSE, SEVERITY
from services.warnings.cap_values import LEAST_CORNERS, point
from services.warnings.draft_model import AreaText, DraftText
from services.warnings.errors import DraftRefusedError
from services.warnings.model import VillageWarning
from services.warnings.service import WarningService

CORNERS_MAX = 200
AREALESS = "Bitte mindestens einen Ort wählen oder ein Gebiet mit Namen und Ecken angeben."


@dataclass(frozen=True, slots=True)
class WarningComposer:
    """Suggests drafts for a region."""

    region: Region
    warnings: WarningService

    def places(self) -> tuple[tuple[str, str], ...]:
        """Return the places to choose from, "place_id/river_id" and name."""
        rivers = {row.river_id: row.name for row in self.region.pack.rivers}
        rows = sorted(self.region.pack.exposures, key=lambda row: row.label)
        return tuple(
            (f"{row.place_id}/{row.river_id}", f"{row.label} ({rivers[row.river_id]})")
            for row in rows
            if row.exposed
        )

    def areas(self, chosen: Sequence[str]) -> tuple[AreaText, ...]:
        """Return the areas of the chosen places of the region, others are passed over."""
        known = dict(self.places())
        return tuple(self._area(key) for key in chosen if key in known)

    def suggest(self, chosen: Sequence[str]) -> DraftText:
        """Return what the present situation suggests for some places; needs the right to operate.

        Raises
        ------
        DraftRefusedError
            When no place of the region is chosen.
        """
        require(Right.OPERATE)
        areas = self.areas(chosen)
        if not areas:
            raise DraftRefusedError(user_message=AREALESS)
        every = self.warnings.warnings()
        found = [row for row in every.warnings if f"{row.place_id}/{row.river_id}" in chosen]
        names = [area.name for area in areas]
        if not found:
            return self._quiet(names, areas)
        level = max((row.state for row in found), key=texts.ORDER.index)
        first = _earliest(found)
        onsets = [row.likely for row in found if row.likely is not None]
        return DraftText(
            headline=texts.headline(level, names),
            description=texts.description(found, self.region.timezone, every.at),
            instruction=texts.DO[level],
            severity=SEVERITY[level],
            urgency=texts.urgency(first, every.at),
            certainty="Likely" if onsets else "Possible",
            response=RESPONSE[level],
            hours=texts.hours(min(onsets, default=None), every.at),
            onset_at=min(onsets, default=None),
            areas=areas,
            run_id=every.run_id or "",
        )

    def still_warned(self, areas: Sequence[AreaText]) -> tuple[str, ...]:
        """Return which of some areas are places that are warned now, with their state in words."""
        names = {area.name for area in areas}
        warned = {
            self._area(f"{row.place_id}/{row.river_id}").name: row.state
            for row in self.warnings.warnings().warnings
        }
        return tuple(
            f"{name} ({STATE_WORDS[warned[name]]})" for name in sorted(names & set(warned))
        )

    def polygon(self, name: str, corners: str) -> AreaText:
        """Return the area that was typed: a corner "lat,lon" in each line, closed by us.

        Raises
        ------
        DraftRefusedError
            When the name is missing or the corners are no polygon.
        """
        lines = [line.replace(" ", "").replace(";", ",") for line in corners.splitlines()]
        points = [point(line) for line in lines if line]
        found = [each for each in points if each is not None]
        if not name.strip() or len(found) != len(points) or len(found) > CORNERS_MAX:
            words = "Das Gebiet braucht einen Namen und je Zeile eine Ecke wie 50.3281,7.2232."
            raise DraftRefusedError(user_message=words)
        if found and found[0] != found[-1]:
            found.append(found[0])
        if len(set(found)) < LEAST_CORNERS - 1:
            raise DraftRefusedError(user_message="Ein Gebiet braucht mindestens drei Ecken.")
        return AreaText(name.strip()[:200], polygon=tuple(found))

    def _quiet(self, names: Sequence[str], areas: tuple[AreaText, ...]) -> DraftText:
        words = (
            "Zurzeit sieht die Berechnung hier keine Gefahr. Bitte selbst beschreiben, was gilt."
        )
        return DraftText(
            headline=f"Hochwasser: {', '.join(names)}"[: texts.HEADLINE_MAX], description=words,
            instruction=texts.DO[texts.ORDER[0]], severity="Unknown", urgency="Unknown",
            certainty="Unknown", response="Monitor", hours=texts.HOURS, onset_at=None, areas=areas,
        )  # fmt: skip

    def _area(self, key: str) -> AreaText:
        place_id, _, river_id = key.partition("/")
        pack = self.region.pack
        place = next(row for row in pack.places if row.place_id == place_id)
        label = next(
            row.label
            for row in pack.exposures
            if (row.place_id, row.river_id) == (place_id, river_id)
        )
        ars = next((row.ars for row in pack.municipalities if row.ags == place.ags), "")
        codes = (("AGS", place.ags), *((("ARS", ars),) if ars else ()))
        return AreaText(label, point=(place.lat, place.lon), codes=codes)


def _earliest(found: Sequence[VillageWarning]) -> datetime | None:
    return min((row.earliest for row in found if row.earliest is not None), default=None)
