"""German names of observed properties, the same on every page."""

PROPERTIES = {
    "stage": "Wasserstand",
    "discharge": "Abfluss",
    "rain": "Niederschlag",
    "water_temperature": "Wassertemperatur",
    "air_temperature": "Lufttemperatur",
    "battery": "Batterie",
    "humidity": "Luftfeuchte",
    "air_pressure": "Luftdruck",
    "wind_speed": "Windgeschwindigkeit",
    "wind_gust": "Windböe",
    "wind_direction": "Windrichtung",
}


def property_name(name: str) -> str:
    """Return the German name of an observed property; an unknown one stays as it is."""
    return PROPERTIES.get(name, name)
