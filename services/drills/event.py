"""The event of a drill as it lies in the drill's folder: prepared once, read by its processes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from data.region_pack.scenarios import Scenario
from data.region_pack.sensor_rows import SensorRow
from services.errors import CockpitError
from services.ingestion.spooled import SpooledMessage, from_line, to_line
from services.region import Region, with_sensors

EVENT, MESSAGES = "ereignis.json", "meldungen.jsonl"
MARK = "ÜBUNG"
Kind = Literal["ereignis", "aufzeichnung", "zufall"]


class NoDrillError(CockpitError):
    """The folder of a drill holds no prepared event."""

    user_message = (
        "In diesem Ordner ist keine Übung vorbereitet. Bitte mit ./cockpit drill start EREIGNIS "
        "beginnen."
    )


class DrillEvent(BaseModel):
    """What is played, and what comes true: by "place/river" and level when it was reached.

    `reached` is None where nobody knows the truth: in a recording.
    """

    model_config = ConfigDict(frozen=True)

    kind: Kind
    scenario: Scenario
    reached: Mapping[str, Mapping[str, AwareDatetime]] | None = None
    left_out: tuple[str, ...] = ()
    """Gauges that have nothing to say in a recording."""
    twins: tuple[SensorRow, ...] = ()
    """Virtual sensors in place of real ones."""

    def came(self, place: str, level: str) -> datetime | None:
        """Return when a place reached a level, None when it did not or nobody knows."""
        return (self.reached or {}).get(place, {}).get(level)


def keep(folder: Path, event: DrillEvent, messages: Sequence[SpooledMessage]) -> None:
    """Write an event with its messages into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / EVENT).write_text(event.model_dump_json(), encoding="utf-8")
    with (folder / MESSAGES).open("wb") as file:
        file.writelines(map(to_line, messages))


def event_in(folder: Path) -> DrillEvent:
    """Return the event of a folder.

    Raises
    ------
    NoDrillError
        When there is none.
    """
    try:
        return DrillEvent.model_validate_json((folder / EVENT).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError) as error:
        raise NoDrillError(str(folder)) from error


def messages_in(folder: Path) -> list[SpooledMessage]:
    """Return the messages of a folder in order of receipt."""
    with (folder / MESSAGES).open("rb") as file:
        return [from_line(line) for line in file]


def with_event(region: Region, folder: Path) -> Region:
    """Return the region of a drill: its only event is the prepared one, its name says what it is.

    Whatever names the region (files, messages, the catalogue) so carries the mark.
    """
    event = event_in(folder)
    found, region = event.scenario, with_sensors(region, event.twins)
    info = region.pack.info
    marked = info.model_copy(
        update={"name": f"{MARK} – {info.name}", "short_name": f"{info.short_name} {MARK}"}
    )
    return replace(region, scenarios={found.id: found}, pack=replace(region.pack, info=marked))
