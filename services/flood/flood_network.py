"""The engine's network of a region: gauges, villages, reach graph, scales, wave speeds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.flood.exceedance import Scale
from services.flood.model import EngineGauge, Village
from services.flood.rain.network import RainNetwork
from services.flood.reach_celerity import ReachCelerity
from services.flood.reach_graph import RiverSystem


@dataclass(frozen=True, slots=True)
class FloodNetwork:
    """All gauges with positions and all exposed villages of a region, ready for a cycle."""

    gauges: Mapping[str, EngineGauge]
    villages: tuple[Village, ...]
    config_hash: str
    neighbours: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By gauge the others on its river and on the tributaries of that river."""
    systems: tuple[RiverSystem, ...] = ()
    scales: Mapping[str, Scale] = field(default_factory=dict, compare=False)
    celerity: ReachCelerity | None = field(default=None, compare=False)
    isolated: Mapping[str, str] = field(default_factory=dict)
    """By river why it can't be computed; its villages are unknown."""
    rain: RainNetwork | None = field(default=None, compare=False)

    @property
    def posterior_version(self) -> str:
        """Return the version of the celerity posterior, empty without one."""
        return self.celerity.version if self.celerity is not None else ""
