"""How datastreams are called on /daten/hochladen."""

from services.tables.uploads import StreamChoice

PROPERTIES = {
    "stage": "Wasserstand",
    "discharge": "Abfluss",
    "battery": "Batterie",
    "water_temperature": "Wassertemperatur",
    "air_temperature": "Lufttemperatur",
    "rain": "Niederschlag",
    "humidity": "Luftfeuchte",
    "air_pressure": "Luftdruck",
    "wind_speed": "Windgeschwindigkeit",
    "wind_gust": "Windböe",
    "wind_direction": "Windrichtung",
}


def stream_words(stream: StreamChoice) -> str:
    """Name a datastream by its thing, what it measures and its unit."""
    words = PROPERTIES.get(stream.observed_property, stream.observed_property)
    return f"{stream.thing_name}: {words} in {stream.unit}"
