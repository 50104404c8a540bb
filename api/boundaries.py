"""Municipal boundaries as GeoJSON, kept by browsers until they change."""

import hashlib
import json

from flask import Blueprint, Response, request

from services.container import services

MAX_AGE_S = 300


def boundaries_blueprint() -> Blueprint:
    """Serve /api/v1/boundaries.geojson with an ETag."""
    blueprint = Blueprint("boundaries", __name__)

    @blueprint.get("/api/v1/boundaries.geojson")
    def boundaries() -> Response:
        found = services().settlement.boundaries()
        body = json.dumps(
            {
                "type": "FeatureCollection",
                "attribution": found.attribution,
                "label": found.label,
                "features": [dict(feature) for feature in found.features],
            },
            separators=(",", ":"),
        )
        response = Response(body, content_type="application/geo+json")
        response.set_etag(hashlib.sha256(body.encode()).hexdigest()[:16])
        response.cache_control.public = True
        response.cache_control.max_age = MAX_AGE_S
        response.make_conditional(request)
        return response

    return blueprint
