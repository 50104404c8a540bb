"""Municipalities and indicators."""

from dataclasses import asdict

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint

from api.answers import answered, next_link
from api.cursors import cursor_of, text_of_cursor
from api.envelope import envelope
from api.open_api import AREA, BASE, failures
from api.schemas import regional
from api.schemas.asked import IndicatorQuery, MunicipalityPath, NoQuery
from services.container import services
from services.errors import BadParameterError, UnknownResourceError

MOST_DIGITS = 9
SEVERAL_LICENCES = "verschieden, siehe licence je Zeile"


def area_blueprint() -> APIBlueprint:
    """Serve municipalities and their figures; none of them is ever simulated."""
    blueprint = APIBlueprint("area", __name__, url_prefix=BASE, abp_tags=[AREA])

    @blueprint.get(
        "/municipalities",
        summary="Gemeinden mit Einwohnerzahlen",
        responses={200: regional.MunicipalityList, **failures(400, 406, 429, 503)},
    )
    def municipalities(query: NoQuery) -> Response:  # noqa: ARG001  # read by the library
        rows = [asdict(row) for row in services().settlement.municipalities()]
        return answered({**_head(len(rows)), "municipalities": rows})

    @blueprint.get(
        "/municipalities/<ags>",
        summary="Eine Gemeinde",
        responses={200: regional.MunicipalityList, **failures()},
    )
    def municipality(path: MunicipalityPath, query: NoQuery) -> Response:  # noqa: ARG001  # read by the library
        rows = [
            asdict(row) for row in services().settlement.municipalities() if row.ags == path.ags
        ]
        if not rows:
            words = (
                "Diese Gemeinde gibt es in dieser Region nicht. Die Liste: /api/v1/municipalities."
            )
            raise UnknownResourceError(path.ags, user_message=words)
        return answered({**_head(1), "municipalities": rows})

    @blueprint.get(
        "/indicators",
        summary="Kennzahlen je Gemeinde und Zeitraum",
        responses={200: regional.IndicatorList, **failures(400, 406, 429, 503)},
    )
    def indicators(query: IndicatorQuery) -> Response:
        start = _start(query.cursor)
        found = services().api.indicators.find(query.indicator, query.ags, query.period)
        rows = [asdict(row) for row in found[start : start + query.limit]]
        end = start + query.limit
        following = {**request.args, "cursor": cursor_of(str(end))} if end < len(found) else None
        head = {**_head(len(rows)), "next": following["cursor"] if following else None}
        if licences := {str(row["licence"]) for row in rows}:
            head["licence"] = licences.pop() if len(licences) == 1 else SEVERAL_LICENCES
        address = f"{services().api.public_url}{request.path}"
        return answered({**head, "indicators": rows}, link=next_link(address, following))

    return blueprint


def _head(count: int) -> dict[str, object]:
    return {**envelope("municipalities", count), "is_simulated": False, "origin": "imported"}


def _start(cursor: str) -> int:
    text = text_of_cursor(cursor) or "0"
    if not text.isdigit() or len(text) > MOST_DIGITS:
        raise BadParameterError(user_message="cursor stammt nicht von dieser Schnittstelle.")
    return int(text)
