"""OpenAPI descriptions of addresses that keep routes of their own: files, catalogue, webhooks."""

from typing import Any

OLDER = "Dateien, Katalog, Nachrichten"
Described = dict[str, Any]


def _path(name: str, words: str, known: tuple[str, ...] = ()) -> Described:
    schema: Described = {"type": "string"}
    if known:
        schema["enum"] = list(known)
    return {"name": name, "in": "path", "required": True, "description": words, "schema": schema}


def _query(name: str, words: str, schema: Described | None = None) -> Described:
    return {
        "name": name,
        "in": "query",
        "description": words,
        "schema": schema or {"type": "string"},
    }


def _get(
    operation: str,
    summary: str,
    forms: tuple[str, ...],
    parameters: tuple[Described, ...] = (),
    failures: tuple[int, ...] = (503,),
) -> Described:
    answers: Described = {"200": {"description": "In Ordnung", "content": {f: {} for f in forms}}}
    for code in (*failures, 429):
        answers[str(code)] = {"description": "Der Grund steht in der Antwort"}
    found: Described = {
        "operationId": operation,
        "summary": summary,
        "tags": [OLDER],
        "responses": answers,
    }
    if parameters:
        found["parameters"] = list(parameters)
    return {"get": found}


def _post(operation: str, summary: str, parameters: tuple[Described, ...] = ()) -> Described:
    codes = {"202": "Auf der Platte, wird verarbeitet", "400": "Kein JSON", "401": "Ohne Anmeldung"}
    codes |= {"403": "Token falsch", "404": "Unbekannte Quelle", "413": "Zu groß"}
    codes |= {"415": "Kein JSON", "503": "Zurzeit nicht aufnahmebereit"}
    return {
        "post": {
            "operationId": operation,
            "summary": summary,
            "tags": [OLDER],
            "parameters": list(parameters),
            "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
            "responses": {code: {"description": words} for code, words in codes.items()},
        }
    }


CSV, JSON, GEO = ("text/csv",), ("application/json",), ("application/geo+json",)
GAUGE = _path("gauge_id", "Kennung des Pegels")
DATASET = _path("dataset_id", "Kennung des Datensatzes")
RDF = ("application/ld+json", "application/rdf+xml", "text/turtle")
HOURS = _query("hours", "Stunden bis jetzt", {"type": "integer", "minimum": 1, "maximum": 8784})
DESCRIBED: dict[str, Described] = {
    "/api/v1/gauges/{gauge_id}/observations.csv": _get(
        "gauge_csv", "Messwerte eines Pegels als CSV", CSV, (GAUGE, HOURS), (400, 404, 503)
    ),
    "/api/v1/municipalities.csv": _get("municipalities_csv", "Einwohner als CSV", CSV),
    "/api/v1/stops.csv": _get("stops_csv", "Haltestellen je Gemeinde als CSV", CSV),
    "/api/v1/boundaries.geojson": _get("boundaries", "Gemeindegrenzen", GEO),
    "/api/v1/rain-pictures.png": _get(
        "rain_pictures",
        "Radarbilder der Schleife, untereinander in einer Datei",
        ("image/png",),
        (_query("v", "Stand der Schleife"),),
        (404, 503),
    ),
    "/api/v1/status": _get("status", "Stand der Berechnung und Uhr", JSON),
    "/api/v1/catalog": _get("catalog", "Katalog nach DCAT-AP.de", RDF),
    "/api/v1/catalog.{ending}": _get(
        "catalog_file",
        "Katalog als Datei",
        RDF,
        (_path("ending", "Form", ("jsonld", "rdf", "ttl")),),
        (404, 503),
    ),
    "/api/v1/datasets/{dataset_id}/download.{ending}": _get(
        "download",
        "Datei eines Datensatzes",
        ("application/octet-stream",),
        (DATASET, _path("ending", "csv, geojson, gpkg, parquet oder nc")),
        (400, 404, 503),
    ),
    "/api/v1/datasets/{dataset_id}/metadata.json": _get(
        "metadata", "Beschreibung eines Datensatzes", JSON, (DATASET,), (400, 404, 503)
    ),
    "/api/v1/ngsi-ld/entities": _get(
        "entities",
        "Pegel als NGSI-LD-Entitäten (WaterObserved)",
        ("application/json", "application/ld+json"),
        (
            _query("type", "WaterObserved"),
            _query("id", "Kennungen, durch Komma getrennt"),
            _query("attrs", "Attribute, durch Komma getrennt"),
            _query("limit", "höchstens so viele", {"type": "integer", "minimum": 0}),
            _query("offset", "so viele übergehen", {"type": "integer", "minimum": 0}),
            _query("options", "normalized, keyValues oder simplified"),
        ),
        (400, 503),
    ),
    "/api/v1/uplinks/{source}": _post(
        "uplink",
        "Funkmeldungen von ChirpStack oder The Things Stack",
        (_path("source", "Netzserver"),),
    ),
    "/api/v1/ngsi-ld/notify": _post("notify", "Benachrichtigung nach NGSI-LD"),
}
