"""The verb `generate series`: a large store for measuring, in a database of its own."""

import time
from zoneinfo import ZoneInfo

from sqlalchemy import select

from data import schema
from data.engine import make_engine, make_sessions
from data.models import Observation
from services.errors import CockpitError
from services.series.generator import Generated, generate

ZONE = ZoneInfo("Europe/Berlin")


class NotEmptyError(CockpitError):
    """Generated values are never mixed with others."""

    user_message = (
        "In dieser Datenbank sind schon Messwerte. Erzeugte Reihen brauchen eine eigene, leere "
        "Datenbank: --database sqlite:////tmp/reihen.sqlite."
    )


def generate_series(database_url: str, rows: int) -> tuple[Generated, float]:
    """Fill an empty database; returns what was made and the seconds that it took.

    Raises
    ------
    NotEmptyError
        When the database holds observations.
    """
    engine = make_engine(database_url)
    try:
        schema.upgrade(engine)
        sessions = make_sessions(engine)
        with sessions() as session:
            if session.scalar(select(Observation.datastream_id).limit(1)) is not None:
                raise NotEmptyError
        began = time.perf_counter()
        made = generate(sessions, rows, ZONE)
        return made, time.perf_counter() - began
    finally:
        engine.dispose()
