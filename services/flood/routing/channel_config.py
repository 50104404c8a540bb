"""What may stand in the configuration of a single channel: keys, ranges, refusals."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from services.errors import CockpitError


class RouteInputError(CockpitError):
    """The configuration or the inflow of a routing cannot be computed with."""


@dataclass(frozen=True, slots=True)
class Range:
    """Bounds of a value; the lower one itself may be forbidden."""

    low: float
    high: float
    is_open: bool = False
    is_whole: bool = False
    default: float | None = None
    is_required: bool = True

    def holds(self, value: float) -> bool:
        """Tell whether a value is allowed."""
        above = value > self.low if self.is_open else value >= self.low
        return above and value <= self.high and (not self.is_whole or value == int(value))

    def words(self) -> str:
        """Return the range in German."""
        kind = "eine ganze Zahl " if self.is_whole else "eine Zahl "
        lower = f"über {self.low:g}" if self.is_open else f"ab {self.low:g}"
        return f"{kind}{lower} bis {self.high:g}"


def _above_zero(high: float) -> Range:
    return Range(0.0, high, is_open=True)


def _optional(low: float, high: float, *, is_open: bool = False) -> Range:
    return Range(low, high, is_open=is_open, is_required=False)


LENGTH = {"dx_m": _above_zero(1e6), "reaches": Range(1, 10_000, is_whole=True)}
STEP = {"dt_s": _above_zero(1e6)}
SLOPE = {"slope": Range(0.0, 1.0, is_open=True)}
START = {"initial_outflow_m3s": _optional(0.0, 1e7)}
KEYS: dict[str, dict[str, Range]] = {
    "muskingum": {
        "k_h": _above_zero(1e5),
        "x": Range(-100.0, 0.5),
        "dt_h": _above_zero(1e4),
        **START,
    },
    "mc": {
        **LENGTH,
        **STEP,
        **SLOPE,
        "celerity_ms": _above_zero(50.0),
        "width_m": _above_zero(1e5),
        "q_ref_m3s": Range(0.0, 1e7),
        **START,
    },
    "mct": {
        **LENGTH,
        **STEP,
        **SLOPE,
        "manning_n": _above_zero(10.0),
        "width_m": Range(0.0, 1e5),
        "side_slope": Range(0.0, 1e3),
        "bankfull_m": _optional(0.0, 1e3, is_open=True),
        "floodplain_width_m": _optional(0.0, 1e5),
        "floodplain_n": _optional(0.0, 10.0, is_open=True),
        **START,
    },
}
"""Keys of each method. Ranges are wide: they keep out slips of the pen, not unusual rivers."""
METHODS = tuple(KEYS)


def checked(method: str, config: Mapping[str, object]) -> dict[str, float]:
    """Return the values of a configuration, each a finite number in its range.

    Raises
    ------
    RouteInputError
        Naming key, range and value.
    """
    keys = KEYS[method]
    unknown = sorted(set(config) - set(keys))
    if unknown:
        raise _refusal(f"Unbekannter Schlüssel „{unknown[0]}“. Möglich sind: {', '.join(keys)}.")
    values = {}
    for key, allowed in keys.items():
        if key in config:
            values[key] = _number(key, config[key], allowed)
        elif allowed.is_required:
            raise _refusal(f"Der Schlüssel „{key}“ fehlt; erwartet ist {allowed.words()}.")
    if method == "mct":
        _check_section(values)
    return values


MOST = 1e30
"""No figure of a channel is larger; beyond the range of a float comparing is all that works."""


def _number(key: str, value: object, allowed: Range) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if isinstance(value, int | float) and is_number and abs(value) <= MOST:
        number = float(value)
        if math.isfinite(number) and allowed.holds(number):
            return number
    raise _refusal(f"„{key}“ muss {allowed.words()} sein, angegeben ist {value!r}.")


def _check_section(values: Mapping[str, float]) -> None:
    if values["width_m"] == 0.0 and values["side_slope"] == 0.0:
        raise _refusal("„width_m“ und „side_slope“ dürfen nicht beide 0 sein.")
    beyond = ("floodplain_width_m", "floodplain_n")
    given = [key for key in ("bankfull_m", *beyond) if key in values]
    missing = [key for key in ("bankfull_m", *beyond) if key not in values]
    if given and missing:
        raise _refusal(
            f"„{given[0]}“ braucht auch „{missing[0]}“: bankfull_m, floodplain_width_m und "
            "floodplain_n gehören zusammen."
        )


def _refusal(sentence: str) -> RouteInputError:
    return RouteInputError(user_message=sentence)
