"""Gauges: `/api/v1/gauges`, one of them, and the list of all datastreams."""

from typing import Any

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from api.answers import answered
from api.envelope import envelope
from api.open_api import BASE, READ, failures
from api.schemas import gauges
from api.schemas.asked import GaugePath, NoQuery
from services.api_views.instants import text_of
from services.container import services
from services.errors import UnknownGaugeError
from services.situation.model import GaugeView, Situation


def gauges_blueprint() -> APIBlueprint:
    """Serve gauges and datastreams."""
    blueprint = APIBlueprint("gauges", __name__, url_prefix=BASE, abp_tags=[READ])

    @blueprint.get(
        "/gauges",
        summary="Alle Pegel",
        responses={200: gauges.GaugeList, **failures(400, 429, 503)},
    )
    def list_gauges(query: NoQuery) -> Response:  # noqa: ARG001  # read by the library
        found = services().situation.situation()
        rows = [_gauge(view) for view in found.gauges]
        return answered({**_head(found, len(rows)), "gauges": rows})

    @blueprint.get(
        "/gauges/<gauge_id>", summary="Ein Pegel", responses={200: gauges.GaugeOne, **failures()}
    )
    def one_gauge(path: GaugePath, query: NoQuery) -> Response:  # noqa: ARG001  # read by the library
        found = services().situation.situation()
        for view in found.gauges:
            if view.gauge_id == path.gauge_id:
                return answered({**_head(found, 1), "gauge": _gauge(view)})
        raise UnknownGaugeError(path.gauge_id)

    @blueprint.get(
        "/datastreams",
        summary="Alle Messreihen",
        responses={200: gauges.StreamList, **failures(400, 429, 503)},
    )
    def list_streams(query: NoQuery) -> Response:  # noqa: ARG001  # read by the library
        rows = [
            {
                "key": row.key,
                "thing_id": row.thing.thing_id,
                "thing": row.thing.name,
                "observed_property": row.observed_property,
                "unit": row.unit,
                "lat": row.thing.lat,
                "lon": row.thing.lon,
                "source": row.thing.source,
                "newest_at": text_of(row.newest_at) if row.newest_at else None,
            }
            for row in services().api.observations.streams()
        ]
        return answered({**envelope("series", len(rows)), "datastreams": rows})

    return blueprint


def _head(found: Situation, count: int) -> dict[str, Any]:
    at = found.clock.now.replace(second=0, microsecond=0)
    return {**envelope("gauges", count), "at": text_of(at), "run_id": found.run_id}


def _gauge(view: GaugeView) -> dict[str, Any]:
    return {
        "gauge_id": view.gauge_id,
        "name": view.name,
        "river_id": view.river_id,
        "river": view.river_name,
        "river_km": view.river_km,
        "lat": view.lat,
        "lon": view.lon,
        "operator": view.operator,
        "role": view.role,
        "unit": view.unit,
        "is_connected": view.is_connected,
        "state": view.state.value,
        "sentence": view.sentence,
        "trend_per_h": view.trend_per_h,
        "newest": {
            "value": view.value,
            "observed_at": text_of(view.observed_at) if view.observed_at else None,
            "age_min": None if view.age_min is None else round(view.age_min),
            "flag": int(view.flag),
            "is_silent": view.is_silent,
        },
        "thresholds": [
            {
                "level": row.level.value,
                "value": row.value,
                "owner": row.owner,
                "provisional": row.provisional,
                "source": row.source,
                "since": row.since.isoformat() if row.since else None,
                "version": row.version,
            }
            for row in view.thresholds
        ],
    }
