"""Pieces of /daten/schnittstellen: what there is, for whom, with calls to try."""

from dash import html
from dash.development.base_component import Component

from components import urls
from components.panel import notice, panel
from components.table import Column, Row, data_table
from services.site import SiteInfo

LEAD = (
    "Messwerte, Vorwarnzeiten, Warnentwürfe und Kennzahlen gibt es auch für Programme: ohne "
    "Anmeldung, nur lesend, mit Lizenz, Alter und Qualitätskennzeichen an jedem Wert."
)
RAW = "Alle Messwerte sind Rohdaten, ungeprüft. Warnungen sind Entwürfe und keine amtliche Warnung."
SIMULATED = "Dieses Cockpit zeigt eine Simulation. Jede Antwort sagt das mit is_simulated: true."
WAYS = (
    ("Eigene Programme, Tabellen", f"{urls.API}/gauges", "JSON, beschrieben mit OpenAPI 3.1"),
    ("SensorThings-Clients, QGIS", f"{urls.API}/sensorthings/v1.1", "OGC SensorThings 1.1, lesend"),
    (
        "Stadtplattformen, FIWARE",
        f"{urls.API}/ngsi-ld/entities?type=WaterObserved",
        "NGSI-LD, WaterObserved",
    ),
    ("Karten", f"{urls.API}/warnings.geojson", "GeoJSON der Warnentwürfe"),
    ("Nachrichtenleser", f"{urls.API}/warnings.atom", "Atom-Feed der Warnentwürfe"),
    ("Warnsysteme (Probe)", f"{urls.API}/warnings", "CAP 1.2, Status Draft, ein Dokument je Ort"),
    ("Statistik", f"{urls.API}/indicators", "Kennzahlen je Gemeinde und Jahr"),
    ("Datenportale, GovData", urls.CATALOGUE, "Katalog nach DCAT-AP.de"),
)
CURL = """curl '{base}/api/v1/gauges/{gauge}/observations?limit=10'
curl '{base}/api/v1/gauges/{gauge}/observations?resolution=day'
curl '{base}/api/v1/lead-times'"""
PYTHON = """import requests

address = "{base}/api/v1/gauges/{gauge}/observations"
page = requests.get(address, params={{"limit": 1000}}, timeout=10)
for row in page.json()["observations"]:
    print(row["phenomenon_time"], row["value"], row["flag"])
# weitere Seiten: page.links.get("next", {{}}).get("url")"""
FROST = """import frost_sta_client as frost

service = frost.SensorThingsService("{base}/api/v1/sensorthings/v1.1")
for stream in service.datastreams().query().list():
    print(stream.id, stream.name, stream.unit_of_measurement.symbol)"""


def interfaces(site: SiteInfo, base: str, gauge: str, per_minute: int) -> list[Component]:
    """Lay out the page's body."""
    top = [notice(RAW, "warn")]
    if site.is_demo:
        top.append(notice(SIMULATED, "whatif"))
    return [
        *top,
        panel("Was es gibt", [_ways(), _document()]),
        panel("Aufruf mit curl", _code(CURL, base, gauge)),
        panel("Aufruf mit Python", _code(PYTHON, base, gauge)),
        panel("Aufruf mit einem SensorThings-Client (frost_sta_client)", _code(FROST, base, gauge)),
        panel("Regeln", _rules(per_minute)),
    ]


def _ways() -> Component:
    columns = [Column("Für wen"), Column("Adresse"), Column("Form")]
    rows = [
        Row((whom, html.A(html.Code(path), href=path), form), state="") for whom, path, form in WAYS
    ]
    return data_table("Schnittstellen dieses Cockpits", columns, rows)


def _document() -> Component:
    return html.P(
        [
            "Alle Adressen mit Parametern und Antworten zum Ausprobieren: ",
            html.A("Beschreibung der Schnittstelle", href=f"{urls.API}/docs"),
            ", maschinenlesbar: ",
            html.A("openapi.json", href=f"{urls.API}/openapi.json"),
            ".",
        ]
    )


def _code(text: str, base: str, gauge: str) -> Component:
    return html.Pre(html.Code(text.format(base=base, gauge=gauge)), className="code", tabIndex=0)


def _rules(per_minute: int) -> Component:
    words = (
        "Zeiten sind UTC. Ein fehlender Wert ist null, niemals 0.",
        "flag folgt QARTOD: 1 gut, 2 nicht geprüft, 3 verdächtig, 4 falsch, 9 fehlt.",
        f"Je Adresse {per_minute} Anfragen in der Minute, danach 429 mit Wartezeit (Retry-After).",
        "Mit dem ETag der letzten Antwort (If-None-Match) kommt 304, wenn sich nichts änderte.",
        'Lange Listen kommen in Seiten; der Kopf Link: rel="next" nennt die nächste.',
        "Die Lizenz steht in jeder Antwort und im Katalog.",
    )
    return html.Ul([html.Li(line) for line in words])
