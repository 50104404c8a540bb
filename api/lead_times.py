"""Lead times of the newest run, of the newest at an instant, or of a run by its id."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from api.answers import answered
from api.envelope import envelope
from api.open_api import BASE, READ, Answers, failures
from api.schemas import water
from api.schemas.asked import LeadTimeQuery, NoQuery, RunPath
from services.api_views.instants import instant_of, text_of
from services.api_views.lead_times import LeadTimes
from services.container import services


def lead_times_blueprint() -> APIBlueprint:
    """Serve lead times."""
    blueprint = APIBlueprint("lead_times", __name__, url_prefix=BASE, abp_tags=[READ])
    answers: Answers = {200: water.LeadTimeList, **failures()}

    @blueprint.get("/lead-times", summary="Vorwarnzeiten aller Orte", responses=answers)
    def newest(query: LeadTimeQuery) -> Response:
        as_of = instant_of("as_of", query.as_of) if query.as_of else None
        return _answer(services().api.lead_times.newest(as_of))

    @blueprint.get("/lead-times/<run_id>", summary="Vorwarnzeiten eines Laufs", responses=answers)
    def of_run(path: RunPath, query: NoQuery) -> Response:  # noqa: ARG001  # read by the library
        return _answer(services().api.lead_times.of_run(path.run_id))

    return blueprint


def _answer(found: LeadTimes) -> Response:
    run = found.run
    return answered(
        {
            **envelope("lead-times", len(found.villages)),
            "origin": run.origin,
            "run_id": run.run_id,
            "run_kind": run.kind,
            "run_as_of": text_of(run.as_of),
            "run_finished_at": text_of(run.finished_at) if run.finished_at else None,
            "at": text_of(found.at),
            "model_version": run.model_version,
            "config_hash": run.config_hash,
            "faults": list(run.faults),
            "villages": found.villages,
        }
    )
