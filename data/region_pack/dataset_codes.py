"""Codes that `datasets.toml` may use: what a data set holds, licence, theme, duty, frequency."""

from typing import Literal

Holds = Literal[
    "series", "gauges", "thresholds", "municipalities", "stops", "boundaries", "lead-times"
]
Licence = Literal["dl-by-de/2.0", "dl-zero-de/2.0", "cc-by/4.0", "cc-zero", "odbl", "other-open"]
"""Ends of the licence URIs at dcat-ap.de/def/licenses."""
Theme = Literal[
    "AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "REGI", "SOCI", "TECH",
    "TRAN",
]  # fmt: skip
"""Codes of the EU authority table data-theme."""
Hvd = Literal["geospatial", "environment", "meteorology", "statistics", "mobility"]
"""Categories of high-value data sets, Implementing Regulation (EU) 2023/138, Annex."""
Frequency = Literal[
    "5MIN", "15MIN", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "QUARTERLY", "ANNUAL", "IRREG",
]  # fmt: skip
"""Codes of the EU authority table frequency."""
Property = Literal["stage", "discharge", "battery", "water_temperature", "air_temperature", "rain"]

RESERVED = frozenset(
    {"quellen", "geraete", "geraet", "pruefung", "hochladen", "schnittstellen", "none"}
)
"""Names of pages beside those of the data sets: no data set may hide behind one."""
STATIC = frozenset({"gauges", "thresholds", "municipalities", "stops", "boundaries"})
"""What comes from files of the pack, and is as old as its `updated` says."""
