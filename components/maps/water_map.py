"""The flood map: rivers coloured by state, gauges and places as shape, colour and label."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot
from typing import Any

from components import formats
from components.by_hand import by_hand_words
from components.gauge_parts import silent_word
from components.maps.deck import MapLabel, MapLayer, icon_layer, map_spec, path_layer
from components.maps.land import bounds_of, ground, plain_land
from components.maps.object_marks import object_rows
from components.short_name import gauge_name, short_name
from components.states import NO_GAUGE_WORD, WARNED, WORDS, rank
from services.flood.model import State
from services.objects_at_risk.model import ObjectView
from services.situation.model import GaugeView, Situation, VillageView
from services.situation.rivers import RiverLine
from services.situation.urgency import least_usable

RIVER_PX = {State.OK: 3.0, State.UNBEKANNT: 3.0}
WARNED_RIVER_PX = 5.0
CASING_PX = 3.0
VILLAGE_PX = 22
CALM_PX = 14
GAUGE_PX = 21
HALO_PX = 8
LABEL_LENGTH = 22
URGENT_MIN = (30.0, 60.0, 120.0)
"""Bounds of the classes of usable minutes; inside a class names keep one order from cycle to cycle,
or each new minute would send them elsewhere."""
CLASS_STEP = 10.0
RIVER_PRIORITY = 60.0
GAUGE_PRIORITY = 70.0
CALM_PRIORITY = 80.0


def water_spec(
    situation: Situation,
    rivers: Sequence[RiverLine],
    ags_codes: Iterable[str],
    objects: Sequence[ObjectView] = (),
) -> dict[str, Any]:
    """Build the map of a situation, with objects at risk where they are asked for."""
    villages = sorted(_shown(situation.villages), key=lambda village: -rank(village.state))
    gauges = [gauge for gauge in situation.gauges if gauge.is_connected and gauge.lat is not None]
    layers = [
        *ground(plain_land(ags_codes), is_pickable=False),
        *_rivers(rivers),
        *_markers("gauges", [_gauge_row(gauge) for gauge in gauges]),
        *_markers("villages", [_village_row(village) for village in villages]),
        *_markers("objects", object_rows(objects, situation.clock.now)),
    ]
    points = [point for river in rivers for point in river.points]
    points += [(village.lon, village.lat) for village in villages]
    return map_spec(layers, [*_labels(villages, gauges), *_river_names(rivers)], bounds_of(points))


def _shown(villages: Iterable[VillageView]) -> list[VillageView]:
    """Keep exposed places, each once, in its worst state."""
    worst: dict[str, VillageView] = {}
    for village in villages:
        seen = worst.get(village.place_id)
        if village.exposed and (seen is None or rank(village.state) < rank(seen.state)):
            worst[village.place_id] = village
    return list(worst.values())


def _rivers(rivers: Sequence[RiverLine]) -> list[MapLayer]:
    ordered = sorted(rivers, key=lambda river: -rank(river.state))
    rows = [(river, RIVER_PX.get(river.state, WARNED_RIVER_PX)) for river in ordered]
    casing = [
        {"path": river.points, "color": "var(--map-halo)", "width": width + CASING_PX}
        for river, width in rows
    ]
    lines = [
        {"path": river.points, "color": _river_colour(river.state), "width": width}
        for river, width in rows
    ]
    return [path_layer("river-casing", casing), path_layer("rivers", lines)]


def _river_colour(state: State) -> str:
    return f"var(--{state.value})" if state in WARNED else "var(--map-water)"


def _markers(name: str, rows: list[dict[str, Any]]) -> list[MapLayer]:
    halo = [
        {**row, "icon": row["halo"], "size": row["size"] + HALO_PX, "color": "var(--map-halo)"}
        for row in rows
    ]
    return [
        icon_layer(f"{name}-halo", halo, is_pickable=False),
        icon_layer(name, rows, is_pickable=True),
    ]


def _village_row(village: VillageView) -> dict[str, Any]:
    icon = f"village-{village.state.value}"
    return {
        "position": [village.lon, village.lat],
        "icon": icon,
        "halo": "disc" if village.state in (State.UNBEKANNT, State.OK) else icon,
        "size": VILLAGE_PX if village.state in WARNED else CALM_PX,
        "color": f"var(--{village.state.value})",
        "pick": ["village", village.place_id],
        "tip": _village_tip(village),
    }


def _gauge_row(gauge: GaugeView) -> dict[str, Any]:
    value, age = formats.quantity(gauge.value, gauge.unit), formats.age(gauge.age_min)
    return {
        "position": [gauge.lon, gauge.lat],
        "icon": f"gauge-{gauge.state.value}",
        "halo": "disc",
        "size": GAUGE_PX,
        "color": f"var(--{gauge.state.value})",
        "pick": ["gauge", gauge.gauge_id],
        "tip": f"{gauge.name} ({gauge.river_name})\n{value} · {age}{_more(gauge)}",
    }


def _more(gauge: GaugeView) -> str:
    """Say what people entered about a gauge: whose reading it is, that it is out of service."""
    outage = silent_word(gauge) if gauge.outage is not None else ""
    return "".join(f"\n{words}" for words in (by_hand_words(gauge), outage) if words)


def _village_tip(village: VillageView) -> str:
    word = WORDS[village.state] if village.has_gauge_above else NO_GAUGE_WORD
    least = least_usable(village)
    time = f"\nnutzbar mindestens: {formats.usable(least)}" if least is not None else ""
    return f"{village.name} ({village.river_name})\n{word}{time}"


def _labels(villages: Sequence[VillageView], gauges: Sequence[GaugeView]) -> list[MapLabel]:
    order = sorted(villages, key=lambda village: (rank(village.state), village.place_id))
    labels = [_village_label(village, turn / len(order)) for turn, village in enumerate(order)]
    for gauge in gauges:
        name = short_name(gauge_name(gauge.name), LABEL_LENGTH)
        labels.append(MapLabel(name, gauge.lon or 0.0, gauge.lat or 0.0, GAUGE_PRIORITY, level=1))
    return labels


def _village_label(village: VillageView, turn: float) -> MapLabel:
    """Name a place, a warned one with its minutes; `turn` in [0, 1) is its turn among equals."""
    name = short_name(village.name, LABEL_LENGTH)
    least = village.result.usable_p10_min if village.result else None
    is_warned = village.state in WARNED
    if is_warned and least is not None:
        name = f"{name} · {formats.duration(least)}"
    return MapLabel(
        name,
        village.lon,
        village.lat,
        priority=turn + (_urgency(least) if is_warned else CALM_PRIORITY),
        kind="strong" if is_warned else "plain",
        level=0 if is_warned else 1,
    )


def _urgency(least: float | None) -> float:
    """Return where the class of the usable minutes begins; unknown minutes come last."""
    if least is None:
        return CLASS_STEP * (len(URGENT_MIN) + 1)
    return CLASS_STEP * sum(least >= bound for bound in URGENT_MIN)


def _river_names(rivers: Sequence[RiverLine]) -> list[MapLabel]:
    labels = []
    for river in rivers:
        places = _middles(river.points)
        if places:
            name = river.name.split(" /")[0]
            label = MapLabel(
                name, *places[0], RIVER_PRIORITY, kind="river", marker=False, places=places
            )
            labels.append(label)
    return labels


def _middles(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Return the middles of the stretches, the longest first: room for the river's name."""
    stretches = sorted(
        pairwise(points), key=lambda ends: -hypot(ends[1][0] - ends[0][0], ends[1][1] - ends[0][1])
    )
    return tuple(((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in stretches)
