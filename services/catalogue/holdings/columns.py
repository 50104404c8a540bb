"""The columns of every kind of data set, with unit and meaning in German."""

from collections.abc import Mapping

from services.catalogue.model import Column

LAT = Column("lat", "number", "Breite, WGS 84", "°")
LON = Column("lon", "number", "Länge, WGS 84", "°")
SOURCE = Column("source", "text", "woher die Angabe stammt")
CONFIDENCE = Column("confidence", "text", "wie sicher die Angabe ist")
ORIGIN = Column(
    "origin",
    "text",
    "Herkunft: simulated (simuliert, keine Messung), live (gemessen) oder imported (eingelesen)",
)
PROVISIONAL = Column("provisional", "boolean", "vorläufig, vom Betreiber nicht bestätigt")

COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "series": (
        Column("thing_id", "text", "Kennung der Station oder des Gebiets"),
        Column("thing_name", "text", "Name"),
        Column("observed_property", "text", "Messgröße"),
        Column("phenomenon_time_utc", "time", "Zeitpunkt der Messung (UTC)"),
        Column("value", "number", "Wert; leer heißt: kein Wert, nie null", "siehe unit"),
        Column("unit", "text", "Einheit des Werts"),
        Column(
            "qartod_flag",
            "integer",
            "Prüfkennzeichen: 1 gut, 2 nicht geprüft, 3 verdächtig, 4 falsch, 9 fehlt",
        ),
        LAT,
        LON,
        ORIGIN,
    ),
    "gauges": (
        Column("gauge_id", "text", "Kennung des Pegels"),
        Column("name", "text", "Name"),
        Column("river_id", "text", "Kennung des Gewässers"),
        Column("river_km", "number", "Kilometer ab Mündung", "km"),
        LAT,
        LON,
        Column("operator", "text", "Betreiber"),
        Column("observes", "text", "Messgröße: stage (m) oder discharge (m³/s)"),
        Column("area_km2", "number", "Einzugsgebiet", "km²"),
        Column("zero_m_nhn", "number", "Höhe des Pegelnullpunkts", "m ü. NHN"),
        Column("range_min", "number", "kleinster möglicher Messwert", "m oder m³/s"),
        Column("range_max", "number", "größter möglicher Messwert", "m oder m³/s"),
        Column("sampling_min", "number", "Abstand zweier Messungen", "min"),
        PROVISIONAL,
        SOURCE,
        CONFIDENCE,
    ),
    "thresholds": (
        Column("gauge_id", "text", "Kennung des Pegels"),
        Column("level", "text", "Stufe: voralarm, warnung oder alarm"),
        Column("value", "number", "Schwelle in der Einheit des Pegels", "m oder m³/s"),
        Column("owner", "text", "wer die Schwelle festgelegt hat"),
        Column("since", "text", "gilt seit"),
        PROVISIONAL,
        SOURCE,
        CONFIDENCE,
        LAT,
        LON,
    ),
    "municipalities": (
        Column("ags", "text", "amtlicher Gemeindeschlüssel"),
        Column("ars", "text", "amtlicher Regionalschlüssel"),
        Column("name", "text", "Gemeinde"),
        Column("vg", "text", "Verbandsgemeinde"),
        Column("area_km2", "number", "Fläche", "km²"),
        Column("pop_2011", "integer", "Einwohner am 31.12.2011"),
        Column("pop_2016", "integer", "Einwohner am 31.12.2016"),
        Column("pop_2018", "integer", "Einwohner am 31.12.2018"),
        Column("pop_2020", "integer", "Einwohner am 31.12.2020"),
        LAT,
        LON,
        SOURCE,
        CONFIDENCE,
    ),
    "stops": (
        Column("stop_id", "text", "Kennung der Haltestelle"),
        Column("name", "text", "Name"),
        Column("kind", "text", "Art: bahn, bus oder sonstige"),
        Column("ags", "text", "amtlicher Gemeindeschlüssel"),
        LAT,
        LON,
        SOURCE,
    ),
    "boundaries": (
        Column("ags", "text", "amtlicher Gemeindeschlüssel"),
        Column("name", "text", "Gemeinde"),
        Column("is_schematic", "boolean", "wahr: schematische Fläche, keine amtliche Grenze"),
        SOURCE,
    ),
    "lead-times": (
        Column("place_id", "text", "Kennung des Orts"),
        Column("river_id", "text", "Kennung des Gewässers"),
        Column("name", "text", "Ort"),
        Column("ags", "text", "amtlicher Gemeindeschlüssel"),
        Column("state", "text", "Zustand: ok, voralarm, warnung, alarm oder unbekannt"),
        Column("level", "text", "Stufe, deren Eintreffen berechnet ist"),
        Column("earliest_utc", "time", "frühestes Eintreffen (P10, UTC)"),
        Column("likely_utc", "time", "wahrscheinliches Eintreffen (P50, UTC)"),
        Column("latest_utc", "time", "spätestes Eintreffen (P90, UTC)"),
        Column("usable_p10_min", "number", "nutzbare Minuten, vorsichtig gerechnet", "min"),
        Column("usable_p50_min", "number", "nutzbare Minuten, mittlere Erwartung", "min"),
        Column("data_at_utc", "time", "Stand der Messwerte (UTC)"),
        Column("run_at_utc", "time", "Stand der Berechnung (UTC)"),
        Column("degraded", "boolean", "mit Einschränkungen berechnet"),
        Column("sentence", "text", "Aussage in Worten"),
        LAT,
        LON,
    ),
}
