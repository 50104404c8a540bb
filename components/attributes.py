"""Attributes whose names have hyphens: `**attributes(aria_label="…", data_tick="age")`."""

from typing import Any


def attributes(**values: str) -> dict[str, Any]:
    """Write underscores as hyphens; only aria and data attributes are meant."""
    return {name.replace("_", "-"): value for name, value in values.items()}
