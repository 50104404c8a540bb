"""Numbers the engine rests on, each with its source; "estimate" means ours, not yet confirmed.

"METHOD" is the method note that `docs/method/lead-times.md` summarises.
"""

HORIZON_H = 12
"""Hours that the nowcast looks ahead (METHOD E)."""

HISTORY_H = 12.0
"""Hours of readings that fill the reaches; the longest way here takes about as long."""

REACHED_KNOWN_H = 11.5
"""An arrival so long ago lies at the edge of those readings or before: since when is not known
(the hours of readings less the spread of an arrival that nobody has seen)."""

MEMBERS = 1000
"""Members of the ensemble (METHOD B.5)."""

SUSPECT_AGE_MIN = 20.0
MISSING_AGE_MIN = 45.0
"""Age of the last valid reading: suspect, then missing; a path older than this is invalid (B.9)."""

EXCEEDANCE_HOURS = (1, 3, 6, 12)
"""Hours for which a village's probability of exceedance is given (METHOD E)."""

P_STATE = 0.5
P_WARNUNG = 0.3
P_VORALARM = 0.1
"""Probabilities of the state rule: a level itself, alarm level for warnung, for voralarm (G.3)."""

P_LOWER = 0.2
LOWER_CYCLES = 2
LOWER_AFTER_MIN = 60.0
LOWER_MARGIN_M = 0.05
"""Hysteresis: below this probability, so many cycles, minutes, metres below the level (G.3)."""

REFERENCE_STAGE_M = 1.5
RATING_EXPONENT = 5.0 / 3.0
"""Wide channel Q = a h^(5/3) (METHOD B.4) at a flood stage of 1.5 m (estimate): turns a length
into discharge at a gauge that reports m³/s, see `nowcast.metre_equivalent`."""

Z80 = 1.2815515594600038
"""Normal quantile of 90 %: the 80 % interval runs from -Z80 to +Z80."""

SECONDS_PER_MIN = 60.0
SECONDS_PER_HOUR = 3600.0
METRES_PER_KM = 1000.0
MINUTES_PER_HOUR = 60.0
