"""Who runs this installation: what Impressum, privacy notice and footers say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """Settings that every page shows."""

    title: str
    region_name: str
    operator: str
    imprint: str
    privacy: str
    official_name: str
    official_url: str
    build: str
    is_demo: bool
    is_drill: bool = False
    """A drill: everything carries its mark."""
