"""deck.gl through pydeck: the only module that imports it. Builds layers as plain JSON values.

Colours are written as "var(--token)" and become numbers in the browser, so that a map follows the
theme. Polygon layers take their shapes from an address and join them to the rows given here.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pydeck

from components.maps.icons import ATLAS, MAPPING

HASH_LENGTH = 12
BUNDLE_PREFIX = "/lib/deck."
Colour = str
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Join:
    """Where a polygon layer finds its shapes and how rows are joined to them by `key`."""

    url: str
    rows: Mapping[str, Record]
    inside: bool = True
    key: str = "ags"
    rest: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MapLayer:
    """A finished layer, with its join if it has one."""

    layer: pydeck.Layer
    join: Join | None = None


@dataclass(frozen=True, slots=True)
class MapLabel:
    """A name on the map: lower `priority` first; `level` 0 shows at once, 1 and 2 when nearer.

    `places` are further points (lon, lat) where a name that marks no point may stand.
    """

    text: str
    lon: float
    lat: float
    priority: float
    kind: str = "plain"
    level: int = 0
    marker: bool = True
    places: tuple[tuple[float, float], ...] = ()


@cache
def bundle_file() -> Path:
    """Return the deck.gl bundle inside the installed pydeck wheel."""
    return Path(pydeck.__file__).parent / "nbextension" / "static" / "index.js"


@cache
def bundle_url() -> str:
    """Return the address of the bundle, named by its content so that it may be kept for ever."""
    digest = hashlib.sha256(bundle_file().read_bytes()).hexdigest()[:HASH_LENGTH]
    return f"{BUNDLE_PREFIX}{digest}.js"


def polygon_layer(layer_id: str, join: Join, *, line_px: float, is_pickable: bool) -> MapLayer:
    """Fill areas with the `fill` of their rows and draw their borders in `line`."""
    layer = pydeck.Layer(
        "GeoJsonLayer",
        data=[],
        id=layer_id,
        stroked=True,
        filled=True,
        pickable=is_pickable,
        auto_highlight=is_pickable,
        highlight_color=[255, 255, 255, 60],
        get_fill_color="properties.fill",
        get_line_color="properties.line",
        get_line_width=line_px,
        line_width_units=_plain("pixels"),
        line_joint_rounded=True,
    )
    return MapLayer(layer, join)


def path_layer(layer_id: str, rows: Sequence[Record]) -> MapLayer:
    """Draw lines: `path`, `color` and `width` in pixels come from the rows."""
    layer = pydeck.Layer(
        "PathLayer",
        data=list(rows),
        id=layer_id,
        get_path="path",
        get_color="color",
        get_width="width",
        width_units=_plain("pixels"),
        cap_rounded=True,
        joint_rounded=True,
        pickable=False,
    )
    return MapLayer(layer)


def icon_layer(layer_id: str, rows: Sequence[Record], *, is_pickable: bool) -> MapLayer:
    """Place state shapes: `position`, `icon`, `size` and `color` come from the rows."""
    layer = pydeck.Layer(
        "IconLayer",
        data=list(rows),
        id=layer_id,
        icon_atlas=_plain(ATLAS),
        icon_mapping=dict(MAPPING),
        get_icon="icon",
        get_position="position",
        get_size="size",
        get_color="color",
        size_units=_plain("pixels"),
        pickable=is_pickable,
    )
    return MapLayer(layer)


def map_spec(
    layers: Sequence[MapLayer],
    labels: Sequence[MapLabel],
    bounds: tuple[float, float, float, float],
) -> dict[str, Any]:
    """Gather a whole map; `bounds` is west, south, east, north of the first view."""
    deck = pydeck.Deck(layers=[each.layer for each in layers], map_provider=None)
    described = json.loads(deck.to_json())
    described.pop("initialViewState", None)
    joins = {each.layer.id: _written(each.join) for each in layers if each.join}
    return {
        "deck": described,
        "joins": joins,
        "bounds": list(bounds),
        "labels": [
            {
                "text": label.text,
                "lon": label.lon,
                "lat": label.lat,
                "priority": label.priority,
                "kind": label.kind,
                "level": label.level,
                "marker": label.marker,
                "places": label.places,
            }
            for label in labels
        ],
    }


def _written(join: Join) -> dict[str, Any]:
    rows = {key: dict(row) for key, row in join.rows.items()}
    return {
        "url": join.url,
        "key": join.key,
        "inside": join.inside,
        "rows": rows,
        "rest": dict(join.rest),
    }


def _plain(text: str) -> str:
    """Mark text that is a value, not the name of a field."""
    return f"`{text}`"
