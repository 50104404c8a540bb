"""How datastreams are called on /daten/hochladen."""

from components.property_words import property_name
from services.tables.uploads import StreamChoice


def stream_words(stream: StreamChoice) -> str:
    """Name a datastream by its thing, what it measures and its unit."""
    words = property_name(stream.observed_property)
    return f"{stream.thing_name}: {words} in {stream.unit}"
