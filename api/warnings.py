"""Warning drafts as JSON, GeoJSON, CAP 1.2 and Atom, and the alerts of the weather service."""

from typing import Any

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from api.answers import answered, tagged
from api.envelope import envelope
from api.open_api import BASE, READ, Answers, failures
from api.schemas import water
from api.schemas.asked import NoQuery, WarningPath
from services.api_views.instants import text_of
from services.container import services
from services.warnings.cap import MEDIA_TYPE, cap_message
from services.warnings.feed import ATOM, atom_feed
from services.warnings.model import DISCLAIMER, VillageWarning, WarningSet

GEO_JSON = "application/geo+json"
FOREIGN = {"is_simulated": False, "origin": "imported", "licence": "Bedingungen des Absenders"}
FEW = failures(400, 406, 429, 503)


def warnings_blueprint() -> APIBlueprint:
    """Serve warnings."""
    blueprint = APIBlueprint("warnings", __name__, url_prefix=BASE, abp_tags=[READ])

    @blueprint.get("/warnings", summary="Warnentwürfe", responses={200: water.WarningList, **FEW})
    def as_json(query: NoQuery) -> Response:  # noqa: ARG001  # read by the library
        found = services().api.warnings.warnings()
        rows = [_warning(warning) for warning in found.warnings]
        return answered({**_head(found), "warnings": rows})

    @blueprint.get(
        "/warnings.geojson",
        summary="Warnentwürfe als GeoJSON",
        responses={**_form(GEO_JSON), **FEW},
    )
    def as_geojson(query: NoQuery) -> Response:  # noqa: ARG001  # read by the library
        found = services().api.warnings.warnings()
        features = [
            {
                "type": "Feature",
                "id": warning.key.identifier,
                "geometry": {"type": "Point", "coordinates": [warning.lon, warning.lat]},
                "properties": _warning(warning),
            }
            for warning in found.warnings
        ]
        content = {"type": "FeatureCollection", **_head(found), "features": features}
        return answered(content, GEO_JSON)

    @blueprint.get(
        "/warnings.atom", summary="Warnentwürfe als Atom-Feed", responses={**_form(ATOM), **FEW}
    )
    def as_atom(query: NoQuery) -> Response:  # noqa: ARG001  # read by the library
        address = f"{services().api.public_url}{BASE}"
        return tagged(atom_feed(services().api.warnings.warnings(), address), ATOM)

    @blueprint.get(
        "/warnings/<place_id>/<river_id>.cap.xml",
        summary="Ein Warnentwurf als CAP 1.2 (Status Draft)",
        responses={**_form(MEDIA_TYPE), **failures()},
    )
    def as_cap(path: WarningPath, query: NoQuery) -> Response:  # noqa: ARG001  # read by the library
        every, warning = services().api.warnings.one(path.place_id, path.river_id)
        return tagged(cap_message(every, warning), MEDIA_TYPE)

    @blueprint.get(
        "/alerts",
        summary="Warnungen anderer (CAP, Wetterdienst), die jetzt gelten",
        responses={200: water.AlertList, **FEW},
    )
    def alerts(query: NoQuery) -> Response:  # noqa: ARG001  # read by the library
        now, found = services().api.warnings.alerts()
        rows = [
            {
                "sender": row.sender,
                "identifier": row.identifier,
                "sent": text_of(row.sent_at),
                "source": row.source_id,
                "msg_type": row.msg_type,
                "status": row.status,
                "scope": row.scope,
                "references": [list(reference) for reference in row.refers_to],
                "expires": text_of(row.expires_at) if row.expires_at else None,
                "received_at": text_of(row.received_at),
                "infos": [dict(info) for info in row.infos],
            }
            for row in found
        ]
        head = {**envelope("series", len(rows)), **FOREIGN}
        at = now.replace(second=0, microsecond=0)
        return answered({**head, "at": text_of(at), "alerts": rows})

    return blueprint


def _form(media_type: str) -> Answers:
    return {200: {"description": "In Ordnung", "content": {media_type: {}}}}


def _head(found: WarningSet) -> dict[str, Any]:
    at = found.at.replace(second=0, microsecond=0)
    return {
        **envelope("lead-times", len(found.warnings)),
        "at": text_of(at),
        "run_id": found.run_id,
        "run_at": text_of(found.run_at) if found.run_at else None,
        "is_stale": found.is_stale,
        "disclaimer": DISCLAIMER,
        "official": found.official_url,
    }


def _warning(warning: VillageWarning) -> dict[str, Any]:
    times = (("p10", warning.earliest), ("p50", warning.likely), ("p90", warning.latest))
    return {
        "identifier": warning.key.identifier,
        "place_id": warning.place_id,
        "river_id": warning.river_id,
        "name": warning.name,
        "river": warning.river,
        "ags": warning.ags,
        "lat": warning.lat,
        "lon": warning.lon,
        "state": warning.state.value,
        "since": text_of(warning.since),
        **{name: text_of(at) if at else None for name, at in times},
        "usable_p10_min": warning.usable_p10_min,
        "is_held": warning.is_held,
        "confidence": warning.confidence,
        "sentence": warning.sentence,
        "cap": f"{BASE}/warnings/{warning.place_id}/{warning.river_id}.cap.xml",
    }
