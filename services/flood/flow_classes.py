"""Classes of flow by relative exceedance e = Q / Q(Voralarm level): the axis of the celerity.

With the estimated floods of `services/simulation/levels.py` (HQ1 : HQ2 : HQ5 = 0.20 : 0.30 : 0.42)
e is 1 at Voralarm, 1.5 at Warnung and 2.1 at Alarm, on every river alike.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FlowClasses:
    """Names, lower bounds and centres of the classes, lowest first."""

    names: tuple[str, ...]
    lower: tuple[float, ...]
    centres: tuple[float, ...]

    def index(self, exceedance: float | None) -> int:
        """Return the class of a relative exceedance; the highest one when it is not known.

        A travel time that is known without its flow comes from a flood that was written about.
        """
        if exceedance is None:
            return len(self.names) - 1
        return max(k for k, bound in enumerate(self.lower) if k == 0 or exceedance >= bound)

    def ln_of(self, exceedance: float | None) -> float:
        """Return ln e, of the highest class's centre when e is not known."""
        return math.log(self.centres[-1] if exceedance is None else exceedance)


FLOW_CLASSES = FlowClasses(
    names=("im Bett", "ausufernd", "Hochwasser"), lower=(0.0, 1.0, 2.1), centres=(0.5, 1.5, 3.0)
)
"""Below Voralarm, up to Alarm, above; the centres are estimates."""

FLOOD = len(FLOW_CLASSES.names) - 1
"""Index of the class that planning and unknown flows use."""
