"""Controlled terms of the catalogue: address and German words for each code.

Sources: DCAT-AP.de 3.0 with its vocabularies (licences, political geocoding), the EU authority
tables (data-theme, frequency, file-type), the HVD categories of Regulation (EU) 2023/138.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

EU = "http://publications.europa.eu/resource/authority"
DCAT_DE = "http://dcat-ap.de/def"
IANA = "https://www.iana.org/assignments/media-types"
HVD_LAW = "http://data.europa.eu/eli/reg_impl/2023/138/oj"
GERMAN = f"{EU}/language/DEU"
PUBLIC = f"{EU}/access-right/PUBLIC"
AVAILABLE = f"{EU}/planned-availability/AVAILABLE"
THEMES = f"{EU}/data-theme"


@dataclass(frozen=True, slots=True)
class Term:
    """A controlled term."""

    uri: str
    words: str


@dataclass(frozen=True, slots=True)
class LicenceTerm:
    """A licence: its term, its text, and what it asks of who uses the data."""

    uri: str
    words: str
    text_url: str
    asks: str


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a data set is renewed; `every` None: there is no promise."""

    uri: str
    words: str
    every: timedelta | None


def _licence(code: str, words: str, text_url: str, asks: str) -> LicenceTerm:
    return LicenceTerm(f"{DCAT_DE}/licenses/{code}", words, text_url, asks)


NAME_SOURCE = "Nutzung zu jedem Zweck, auch gewerblich; die Quelle ist zu nennen."
LICENCES: Mapping[str, LicenceTerm] = {
    "dl-by-de/2.0": _licence(
        "dl-by-de/2.0",
        "Datenlizenz Deutschland – Namensnennung – 2.0",
        "https://www.govdata.de/dl-de/by-2-0",
        NAME_SOURCE,
    ),
    "dl-zero-de/2.0": _licence(
        "dl-zero-de/2.0",
        "Datenlizenz Deutschland – Zero – 2.0",
        "https://www.govdata.de/dl-de/zero-2-0",
        "Nutzung zu jedem Zweck ohne Bedingungen.",
    ),
    "cc-by/4.0": _licence(
        "cc-by/4.0",
        "Creative Commons Namensnennung 4.0 (CC BY 4.0)",
        "https://creativecommons.org/licenses/by/4.0/deed.de",
        NAME_SOURCE,
    ),
    "cc-zero": _licence(
        "cc-zero",
        "Creative Commons Zero (CC0)",
        "https://creativecommons.org/publicdomain/zero/1.0/deed.de",
        "Nutzung zu jedem Zweck ohne Bedingungen.",
    ),
    "odbl": _licence(
        "odbl",
        "Open Database License (ODbL)",
        "https://opendatacommons.org/licenses/odbl/",
        "Nutzung zu jedem Zweck; die Quelle ist zu nennen, eine veränderte Datenbank ist unter"
        " derselben Lizenz weiterzugeben.",
    ),
    "other-open": _licence(
        "other-open",
        "Andere offene Lizenz",
        "https://www.dcat-ap.de/def/licenses/",
        "Vervielfältigung und Verbreitung mit Quellenangabe gestattet.",
    ),
}
THEME_WORDS: Mapping[str, str] = {
    "AGRI": "Landwirtschaft",
    "ECON": "Wirtschaft",
    "EDUC": "Bildung und Kultur",
    "ENER": "Energie",
    "ENVI": "Umwelt",
    "GOVE": "Verwaltung",
    "HEAL": "Gesundheit",
    "INTR": "Internationales",
    "JUST": "Justiz und Sicherheit",
    "REGI": "Regionen und Städte",
    "SOCI": "Bevölkerung",
    "TECH": "Wissenschaft und Technik",
    "TRAN": "Verkehr",
}
HVD: Mapping[str, Term] = {
    "geospatial": Term("http://data.europa.eu/bna/c_ac64a52d", "Georaum"),
    "environment": Term("http://data.europa.eu/bna/c_dd313021", "Erdbeobachtung und Umwelt"),
    "meteorology": Term("http://data.europa.eu/bna/c_164e0bf5", "Meteorologie"),
    "statistics": Term("http://data.europa.eu/bna/c_e1da4e07", "Statistik"),
    "mobility": Term("http://data.europa.eu/bna/c_b79e35eb", "Mobilität"),
}


def _rhythm(code: str, words: str, every: timedelta | None) -> Rhythm:
    return Rhythm(f"{EU}/frequency/{code}", words, every)


FREQUENCIES: Mapping[str, Rhythm] = {
    "5MIN": _rhythm("5MIN", "alle 5 Minuten", timedelta(minutes=5)),
    "15MIN": _rhythm("15MIN", "alle 15 Minuten", timedelta(minutes=15)),
    "HOURLY": _rhythm("HOURLY", "stündlich", timedelta(hours=1)),
    "DAILY": _rhythm("DAILY", "täglich", timedelta(days=1)),
    "WEEKLY": _rhythm("WEEKLY", "wöchentlich", timedelta(days=7)),
    "MONTHLY": _rhythm("MONTHLY", "monatlich", timedelta(days=31)),
    "QUARTERLY": _rhythm("QUARTERLY", "vierteljährlich", timedelta(days=92)),
    "ANNUAL": _rhythm("ANNUAL", "jährlich", timedelta(days=366)),
    "IRREG": _rhythm("IRREG", "unregelmäßig", None),
}


def theme_uri(code: str) -> str:
    """Return the address of a theme."""
    return f"{THEMES}/{code}"


def geocoding(key: str) -> tuple[str, str] | None:
    """Return address and level of a district (5 digits) or municipality (8), else None."""
    kinds = {5: ("districtKey", "administrativeDistrict"), 8: ("municipalityKey", "municipality")}
    if len(key) not in kinds:
        return None
    name, level = kinds[len(key)]
    base = f"{DCAT_DE}/politicalGeocoding"
    return f"{base}/{name}/{key}", f"{base}/Level/{level}"
