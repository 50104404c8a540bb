"""The base of the options that a kind of source takes from `sources.toml`."""

from pydantic import BaseModel, ConfigDict


class SourceOptions(BaseModel):
    """Frozen, nothing unknown, no `nan`."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
