"""Addresses of pages and files: the only place that spells them."""

from urllib.parse import quote, unquote, urlencode

HOME = "/"
WATER = "/gewaesser"
GAUGE = f"{WATER}/pegel"
VILLAGE = f"{WATER}/ort"
RUN = f"{WATER}/lauf"
LEARNING = f"{WATER}/lernen"
QUALITY = f"{WATER}/guete"
IMPACTS = f"{WATER}/wirkungen"
IMPACTS_UPKEEP = f"{IMPACTS}/pflegen"
OBJECTS = f"{WATER}/objekte"
COMPARE = f"{WATER}/vergleich"
SETTLEMENT = "/siedlung"
MUNICIPALITY = f"{SETTLEMENT}/gemeinde"
MOBILITY = "/mobilitaet"
DATA = "/daten"
SOURCES = f"{DATA}/quellen"
DEVICES = f"{DATA}/geraete"
DEVICE = f"{DATA}/geraet"
CHECKS = f"{DATA}/pruefung"
UPLOAD = f"{DATA}/hochladen"
INTERFACES = f"{DATA}/schnittstellen"
OPERATIONS = "/lage"
ALARM_LEDGER = f"{OPERATIONS}/alarme"
WALL = f"{OPERATIONS}/wand"
DRILL = f"{OPERATIONS}/uebung"
WARNING = f"{OPERATIONS}/warnung"
JOURNAL = f"{OPERATIONS}/tagebuch"
JOURNAL_PDF = f"{JOURNAL}/tagebuch.pdf"
JOURNAL_CSV = f"{JOURNAL}/tagebuch.csv"
KNOWN_CSV = f"{JOURNAL}/wissensstand.csv"
JOURNAL_PHOTO = f"{JOURNAL}/foto"
HANDOVER = f"{OPERATIONS}/uebergabe"
HANDOVER_PDF = f"{HANDOVER}/bericht"
MEASURES = f"{OPERATIONS}/massnahmen"
MEASURES_CSV = f"{MEASURES}/massnahmen.csv"
RUNNING_SHEET = f"{MEASURES}/laufzettel.pdf"
DELIVERIES = f"{OPERATIONS}/meldungen"
READING = f"{OPERATIONS}/ablesung"
OUTAGE = f"{OPERATIONS}/ausser-betrieb"
ALL_CLEAR = f"{OPERATIONS}/entwarnung"
EMERGENCY = f"{OPERATIONS}/notfallliste"
EMERGENCY_PDF = f"{EMERGENCY}/notfallliste.pdf"
EMERGENCY_HTML = f"{EMERGENCY}/notfallliste.html"
SIGN_IN = "/anmelden"
ENTER = f"{SIGN_IN}/senden"
ENTER_DEMO = f"{SIGN_IN}/vorfuehrung"
EXTERNAL = f"{SIGN_IN}/extern"
EXTERNAL_BACK = f"{EXTERNAL}/zurueck"
EXTERNAL_END = f"{EXTERNAL}/abmelden"
LEAVE = "/abmelden"
ACCOUNT = "/konto"
ADMINISTRATION = "/verwaltung"
THRESHOLDS = f"{ADMINISTRATION}/schwellen"
RECIPIENTS = f"{ADMINISTRATION}/empfaenger"
SUBSCRIPTION = "/abo"
IMPRINT = "/impressum"
PRIVACY = "/datenschutz"
API = "/api/v1"
BOUNDARIES = f"{API}/boundaries.geojson"
RAIN_PICTURES = f"{API}/rain-pictures.png"
STATUS = f"{API}/status"
MUNICIPALITIES_CSV = f"{API}/municipalities.csv"
CATALOGUE = f"{API}/catalog"
STOPS_CSV = f"{API}/stops.csv"

ID_MAX_LENGTH = 80
"""Longer than any id of a region pack; a longer path value is rubbish."""


def sign_in_url(target: str = "") -> str:
    """Return the address of the sign-in, with the page to come back to."""
    return f"{SIGN_IN}?{urlencode({'weiter': target})}" if target else SIGN_IN


def external_sign_in_url(target: str = "") -> str:
    """Return the address of the way to the identity provider."""
    return f"{EXTERNAL}?{urlencode({'weiter': target})}" if target else EXTERNAL


def gauge_url(gauge_id: str, window: str = "") -> str:
    """Return the address of a gauge page, with its window if one is chosen."""
    query = f"?{urlencode({'fenster': window})}" if window else ""
    return f"{GAUGE}/{quote(gauge_id, safe='')}{query}"


def compare_url(gauge_id: str) -> str:
    """Return the address where the waves of a gauge are compared, of no gauge without an id."""
    return f"{COMPARE}?{urlencode({'pegel': gauge_id})}" if gauge_id else COMPARE


def village_url(place_id: str) -> str:
    """Return the address of a village page."""
    return f"{VILLAGE}/{quote(place_id, safe='')}"


def run_url(run_id: str) -> str:
    """Return the address of a run page."""
    return f"{RUN}/{quote(run_id, safe='')}"


def municipality_url(ags: str) -> str:
    """Return the address of a municipality page."""
    return f"{MUNICIPALITY}/{quote(ags, safe='')}"


def device_url(dev_eui: str, view: str = "") -> str:
    """Return the address of a device's page, of its label with `view`."""
    query = f"?{urlencode({'ansicht': view})}" if view else ""
    return f"{DEVICE}/{quote(dev_eui, safe='')}{query}"


def reading_url(gauge_id: str) -> str:
    """Return the address of the form for a reading of a gauge."""
    return f"{READING}?{urlencode({'pegel': gauge_id})}"


def deliveries_url(alarm_id: str) -> str:
    """Return the address of the messages of one alarm."""
    return f"{DELIVERIES}?{urlencode({'alarm': alarm_id})}"


def dataset_url(dataset_id: str) -> str:
    """Return the address of a data set's page."""
    return f"{DATA}/{quote(dataset_id, safe='')}"


def dataset_file(dataset_id: str, ending: str, query: str = "") -> str:
    """Return the address of a data set's file."""
    asked = f"?{query}" if query else ""
    return f"{API}/datasets/{quote(dataset_id, safe='')}/download.{ending}{asked}"


def indicator(indicator_id: str) -> str:
    """Return the address of the values of an indicator."""
    return f"{API}/indicators?indicator={quote(indicator_id, safe='')}"


def dataset_metadata(dataset_id: str, query: str = "") -> str:
    """Return the address of the description of a data set's files."""
    asked = f"?{query}" if query else ""
    return f"{API}/datasets/{quote(dataset_id, safe='')}/metadata.json{asked}"


def observations_csv(gauge_id: str, hours: int) -> str:
    """Return the address of a gauge's readings as CSV."""
    return f"{API}/gauges/{quote(gauge_id, safe='')}/observations.csv?hours={hours}"


def checks_url(key: str) -> str:
    """Return the address of the findings of one datastream."""
    return f"{CHECKS}?{urlencode({'reihe': key})}"


def last_segment(path: str | None, base: str) -> str:
    """Return the id that a path names below its base, unquoted; "" if it names none.

    The path of the browser decides, never a query key of the same name.
    """
    prefix = f"{base}/"
    if not path or not path.startswith(prefix):
        return ""
    found = unquote(path.removeprefix(prefix)).strip("/")
    is_clean = found.isprintable() and "/" not in found and len(found) <= ID_MAX_LENGTH
    return found if is_clean else ""
