"""Which pairs of gauges stand next to each other on a way down."""

from collections.abc import Sequence

from services.flood.network import GaugePair


def is_neighbour(pair: GaugePair, pairs: Sequence[GaugePair]) -> bool:
    """Tell whether no other gauge of the pairs stands between the two."""
    ways = {(item.upper, item.lower) for item in pairs}
    names = {item.lower for item in pairs}
    return not any((pair.upper, name) in ways and (name, pair.lower) in ways for name in names)
