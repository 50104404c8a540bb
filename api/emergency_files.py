"""The newest emergency list as a file; the service checks who may read."""

from flask import Blueprint, Response

from api.journal_files import PDF, attached
from components import urls
from services.container import services
from services.emergency_list.keeper import NAME

HTML = "text/html; charset=utf-8"


def emergency_blueprint() -> Blueprint:
    """Serve the files."""
    blueprint = Blueprint("emergency_files", __name__)

    @blueprint.get(urls.EMERGENCY_PDF)
    def emergency_pdf() -> Response:
        return attached(services().night.lists.body("pdf"), PDF, f"{NAME}.pdf")

    @blueprint.get(urls.EMERGENCY_HTML)
    def emergency_html() -> Response:
        return attached(services().night.lists.body("html"), HTML, f"{NAME}.html")

    return blueprint
