"""Files of the alarm plan: Laufzettel as PDF, all measures as CSV; the service checks the right."""

from flask import Blueprint, Response, request

from api.journal_files import CSV, PDF, attached
from components import urls
from services.container import services

ACTOR_MAX = 80


def measures_blueprint() -> Blueprint:
    """Serve the files."""
    blueprint = Blueprint("measure_files", __name__)

    @blueprint.get(urls.RUNNING_SHEET)
    def running_sheet() -> Response:
        actor = request.args.get("akteur", "")[:ACTOR_MAX]
        body = services().alarm_plan.files.running_sheet(actor)
        return attached(body, PDF, "laufzettel.pdf")

    @blueprint.get(urls.MEASURES_CSV)
    def measures_csv() -> Response:
        return attached(services().alarm_plan.files.csv(), CSV, "massnahmen.csv")

    return blueprint
