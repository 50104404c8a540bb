"""The Flask server with the OpenAPI 3.1 document of /api/v1, and its pages of documentation."""

from http import HTTPStatus
from typing import Any

from flask_openapi3.models.contact import Contact
from flask_openapi3.models.info import Info
from flask_openapi3.models.schema import Schema
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI
from pydantic import BaseModel

from api.described import DESCRIBED
from api.problems import BASE, MEDIA_TYPE, invalid_request

Answers = dict[str | int | HTTPStatus, type[BaseModel] | dict[Any, Any] | None]
"""What an address answers, by status: a model, or the description of another form."""
READ = Tag(name="Wasser", description="Pegel, Messwerte, Vorwarnzeiten, Warnentwürfe")
AREA = Tag(name="Region", description="Gemeinden und Kennzahlen")
STANDARD = Tag(name="Standards", description="OGC SensorThings 1.1, lesend")
DESCRIPTION = (
    "Lesende Schnittstelle des Regionalcockpits. Alle Messwerte sind Rohdaten, ungeprüft, mit "
    "Qualitätskennzeichen nach QARTOD (1 gut, 2 nicht geprüft, 3 verdächtig, 4 falsch, 9 fehlt). "
    "`is_simulated` sagt, ob Werte simuliert sind. Zeiten sind UTC. Unbekannte Parameter werden "
    "mit 400 abgelehnt. Fehler kommen als application/problem+json (RFC 9457)."
)
UNUSED = "ValidationErrorModel"
"""The library's own form of a refusal; ours are problems."""
PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
FAILURES = {
    400: "Ungültige Anfrage",
    404: "Nicht gefunden",
    406: "Diese Form gibt es nicht",
    429: "Zu viele Anfragen",
    503: "Datenbank antwortet nicht",
}


def make_server(name: str, version: str) -> OpenAPI:
    """Return the server; resources are registered on it with `register_api`."""
    server = OpenAPI(
        name,
        info=Info(
            title="Regionalcockpit API",
            version=version,
            description=DESCRIPTION,
            contact=Contact(name="Betreiber dieses Cockpits"),
        ),
        doc_ui=False,
        validation_error_status="400",
        validation_error_callback=invalid_request,
    )
    server.components_schemas["Problem"] = Schema.model_validate(PROBLEM_SCHEMA)
    return server


def failures(*codes: int) -> Answers:
    """Return what the document says of failures: all as problems."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        code: {"description": FAILURES[code], "content": content}
        for code in codes or tuple(FAILURES)
    }


def document(server: OpenAPI) -> dict[str, object]:
    """Return the OpenAPI document: the resources, and the addresses that are older than it."""
    made = dict(server.api_doc)
    parts = {name: part for name, part in made["components"].items() if part is not None}
    parts["schemas"] = {n: part for n, part in parts["schemas"].items() if n != UNUSED}
    made["components"] = parts
    made["paths"] = dict(sorted({**made["paths"], **DESCRIBED}.items()))
    made["servers"] = [{"url": "/"}]
    return made


__all__ = ["AREA", "BASE", "READ", "STANDARD", "document", "failures", "make_server"]
