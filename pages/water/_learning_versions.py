"""Names of versions of the wave speeds: when they came to be and why; the hash is a detail."""

import re
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import formats
from pages.water._learning_lags import KIND_WORDS
from services.flood.learning.service import FROM_PACK
from services.flood.learning.views import VersionView

FROM_PACK_WORDS = "mitgelieferte Annahmen und Laufzeiten der Region"
NOT_KEPT = "noch nicht gespeicherter Stand"
_EVENT = re.compile(r"(\d{4})-(\d{2})-(\d{2}) \((\w+)\)")


def version_name(version: str, versions: Sequence[VersionView]) -> str:
    """Name a version by when it was stored."""
    found = next((item for item in versions if item.version == version), None)
    return f"Stand vom {formats.stamp(found.created_at)}" if found else NOT_KEPT


def cause(item: VersionView) -> str:
    """Say what led to a version, with its date and measure in words."""
    if item.cause == FROM_PACK:
        return FROM_PACK_WORDS

    def written(match: re.Match[str]) -> str:
        year, month, day, kind = match.groups()
        return f"{day}.{month}.{year} ({KIND_WORDS.get(kind, kind)})"

    return _EVENT.sub(written, item.cause)


def identifier(version: str) -> Component:
    """Show the hash small, for whoever compares two computers."""
    return html.P(["Kennung dieses Standes: ", html.Code(version)], className="muted small")
