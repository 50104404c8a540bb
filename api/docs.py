"""The OpenAPI document and its page for people, all files from this server."""

from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Response, abort, send_from_directory
from flask_openapi3.openapi import OpenAPI

from api.answers import answered
from api.open_api import document
from api.problems import BASE

DOCS = f"{BASE}/docs"
PAGE = f"""<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Regionalcockpit – Schnittstelle</title>
<link rel="icon" href="/lib/sign.svg">
<link rel="stylesheet" href="{DOCS}/css/swagger-ui.css">
</head>
<body>
<main id="swagger-ui"></main>
<noscript>Diese Seite braucht JavaScript.
<a href="{BASE}/openapi.json">Das Dokument selbst</a></noscript>
<script src="{DOCS}/js/swagger-ui-bundle.js"></script>
<script src="{DOCS}/start.js"></script>
</body>
</html>
"""
START = f"""window.addEventListener("load", () => {{
  SwaggerUIBundle({{
    url: "{BASE}/openapi.json",
    dom_id: "#swagger-ui",
    deepLinking: true,
    validatorUrl: null,
  }});
}});
"""
FILES = {"css/swagger-ui.css", "js/swagger-ui-bundle.js"}


def docs_blueprint(server: OpenAPI) -> Blueprint:
    """Serve the document, the page, and Swagger UI from its installed package."""
    blueprint = Blueprint("api_docs", __name__)

    @blueprint.get(f"{BASE}/openapi.json")
    def openapi() -> Response:
        return answered(document(server))

    @blueprint.get(DOCS)
    def docs() -> Response:
        return Response(PAGE, content_type="text/html; charset=utf-8")

    @blueprint.get(f"{DOCS}/start.js")
    def start() -> Response:
        return Response(START, content_type="text/javascript; charset=utf-8")

    @blueprint.get(f"{DOCS}/<path:name>")
    def file(name: str) -> Response:
        if name not in FILES:
            abort(404)
        return send_from_directory(_folder(), name, max_age=86_400)

    @blueprint.get(f"{BASE}/<path:rest>")
    def nothing(rest: str) -> Response:  # noqa: ARG001  # part of the address
        """Say that there is nothing: the pages' catch-all would answer with a document."""
        abort(404)

    return blueprint


def _folder() -> Path:
    found = find_spec("flask_openapi3_swagger")
    if found is None or found.origin is None:
        raise FileNotFoundError("flask-openapi3-swagger is not installed: run ./cockpit again")
    return Path(found.origin).parent / "templates" / "swagger"
