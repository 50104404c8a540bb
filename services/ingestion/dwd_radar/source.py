"""The newest radar nowcast (RV) of the DWD by address; reading it is `ingestion.radar`'s work."""

from services.ingestion.options import SourceOptions

NAME = "dwd-radar"
MAX_BYTES = 30_000_000
"""An archive of 25 composites has about 0.1 to 5 MB compressed (estimate)."""


class Options(SourceOptions):
    """No options: the address says all."""
