"""Named events of a region (`scenarios.toml`): rain and faults that the simulation plays."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from data.region_pack.columns import (
    Slug,
    Text,
)
from data.region_pack.faults import Fault
from data.region_pack.model import RegionPack
from data.region_pack.toml_file import read_toml, require_once

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
    """What goes wrong with gauges: `still` sends nothing, others send rubbish.

    `spike` lifts every fourth reading, `stuck` repeats the last one, `step` lifts all (debris
    under the sensor), `drift` lifts them more and more, by `size_m` at the end. `late` changes no
    value: all readings arrive when it ends.
    """

    gauges: tuple[Slug, ...]
    start: AwareDatetime
    end: AwareDatetime
    kind: Literal["still", "spike", "stuck", "step", "drift", "late"] = "still"
    size_m: Annotated[float, Field(ge=-3, le=3)] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "SensorFault":
        if not self.start < self.end:
            raise ValueError("start < end gilt nicht")
        return self


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
    found = read_toml(directory, FILE, ScenarioFile)
    if found is None:
        return {}
    require_once(directory, FILE, "scenario.id", (scenario.id for scenario in found.scenario))
    return {scenario.id: scenario for scenario in found.scenario}


def scenario_faults(pack: RegionPack, scenarios: Mapping[str, Scenario]) -> Iterator[Fault]:
    """Yield what a pack lacks for its events: names that point nowhere, rivers without reaches."""
    rivers = {row.river_id for row in pack.rivers}
    gauges = {row.gauge_id for row in pack.gauges}
    for scenario in scenarios.values():
        named = [river for pulse in scenario.rain for river in pulse.rivers]
        silent = [gauge for fault in scenario.faults for gauge in fault.gauges]
        for column, wanted, known in (
            ("rain.rivers", named, rivers),
            ("faults.gauges", silent, gauges),
        ):
            for name in dict.fromkeys(wanted):
                if name not in known:
                    where = f"{scenario.id}.{column}"
                    yield Fault(FILE, 0, where, f"„{name}“ ist nirgends angelegt")
    if scenarios:
        for river in sorted(rivers - {row.river_id for row in pack.reaches}):
            reason = f"für „{river}“ fehlt eine Strecke; die Simulation der Ereignisse braucht sie"
            yield Fault("reaches.csv", 0, "river_id", reason)
