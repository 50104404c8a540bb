"""CSV for people and machines: readings of a gauge, population, stops."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Blueprint, Response, request

from services.catalogue.files import SIMULATED_PREFIX
from services.catalogue.formats.csv_file import cell
from services.container import services
from services.errors import BadParameterError

DEFAULT_HOURS = 48
HOURS = (1, 8784)
"""At most a leap year at once: longer series belong to the open data files."""


def csv_blueprint() -> Blueprint:
    """Serve the files."""
    blueprint = Blueprint("csv_files", __name__, url_prefix="/api/v1")

    @blueprint.get("/gauges/<gauge_id>/observations.csv")
    def observations(gauge_id: str) -> Response:
        raw = request.args.get("hours", str(DEFAULT_HOURS))
        if not raw.isascii() or not raw.isdigit() or not HOURS[0] <= int(raw[:9]) <= HOURS[1]:
            words = f"hours muss eine ganze Zahl von {HOURS[0]} bis {HOURS[1]} sein."
            raise BadParameterError(user_message=words)
        text = services().situation.gauge_csv(gauge_id, int(raw))
        mark = SIMULATED_PREFIX if services().site.is_demo else ""
        return _file(text, f"{mark}{_plain(gauge_id)}-{raw}h.csv")

    @blueprint.get("/municipalities.csv")
    def municipalities() -> Response:
        names = ("ags", "name", "vg", "area_km2", "pop_2011", "pop_2016", "pop_2018", "pop_2020")
        rows = services().settlement.municipalities()
        return _file(_written((*names, "source"), rows), "bevoelkerung.csv")

    @blueprint.get("/stops.csv")
    def stops() -> Response:
        names = ("ags", "name", "vg", "bus", "rail", "other", "per_1000")
        return _file(_written(names, services().mobility.stops()), "haltestellen.csv")

    return blueprint


def _written(names: Sequence[str], rows: Iterable[object]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([cell(getattr(row, name)) for name in names])
    return out.getvalue()


def _file(text: str, name: str) -> Response:
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-cache"
    return response


def _plain(text: str) -> str:
    kept = "".join(
        letter for letter in text if letter.isascii() and (letter.isalnum() or letter in "-_")
    )
    return kept or "pegel"
