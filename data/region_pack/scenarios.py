"""Named events of a region (`scenarios.toml`): rain and faults that the simulation plays."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from data.region_pack.faults import Fault, RegionPackError
from data.region_pack.rows import Slug, Text

FILE = "scenarios.toml"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class RainPulse(_Frozen):
    """Rain of `depth_mm` over `hours` on the rivers named (empty: all), down to `above_km`."""

    start: AwareDatetime
    hours: Annotated[float, Field(gt=0, le=240)]
    depth_mm: Annotated[float, Field(ge=0, le=500)]
    rivers: tuple[Slug, ...] = ()
    above_km: Annotated[float, Field(ge=0)] = 0.0


class SensorFault(_Frozen):
    """What goes wrong with gauges: `still` sends nothing, `spike` and `stuck` send rubbish."""

    gauges: tuple[Slug, ...]
    start: AwareDatetime
    end: AwareDatetime
    kind: Literal["still", "spike", "stuck"] = "still"


class Scenario(_Frozen):
    """A named event: the truth runs from `start` to `end`, the screens begin at `play_from`."""

    id: Slug
    title: Text
    description: Text
    start: AwareDatetime
    play_from: AwareDatetime
    end: AwareDatetime
    curve_number: Annotated[float, Field(ge=30, le=98)] = 62.0
    rain: tuple[RainPulse, ...] = ()
    faults: tuple[SensorFault, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> "Scenario":
        if not self.start < self.play_from < self.end:
            raise ValueError("start < play_from < end gilt nicht")
        return self

    def shifted(self, play_from: datetime) -> "Scenario":
        """Return the same event moved in time so that it is played from another instant."""
        by = play_from - self.play_from
        return self.model_copy(
            update={
                "start": self.start + by,
                "play_from": play_from,
                "end": self.end + by,
                "rain": tuple(
                    pulse.model_copy(update={"start": pulse.start + by}) for pulse in self.rain
                ),
                "faults": tuple(
                    fault.model_copy(update={"start": fault.start + by, "end": fault.end + by})
                    for fault in self.faults
                ),
            }
        )


class ScenarioFile(_Frozen):
    """All scenarios of a region."""

    scenario: tuple[Scenario, ...]


def load_scenarios(directory: Path) -> dict[str, Scenario]:
    """Return the region's scenarios by id; a region without the file has none.

    Raises
    ------
    RegionPackError
        With every fault of the file.
    """
    path = directory / FILE
    if not path.is_file():
        return {}
    try:
        found = ScenarioFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegionPackError(str(directory), [Fault(FILE, 0, "", str(error))]) from error
    except ValidationError as error:
        raise RegionPackError(
            str(directory),
            [
                Fault(FILE, 0, ".".join(str(part) for part in item["loc"]), item["msg"])
                for item in error.errors()
            ],
        ) from error
    return {scenario.id: scenario for scenario in found.scenario}
