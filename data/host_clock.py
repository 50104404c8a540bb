"""Other clocks that the store knows of: its own server's, and those of the gateways."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from data.models import Datastream, Latest


def now(session: Session) -> datetime | None:
    """Return the time of the database server, None where it has the same clock as we."""
    if session.get_bind().dialect.name == "sqlite":
        return None
    found: datetime = session.execute(text("select clock_timestamp()")).scalar_one()
    return found


def delays_s(session: Session, keys: Sequence[str], since: datetime) -> list[float]:
    """Return how long after its measurement the newest live value of each datastream came."""
    query = (
        select(Latest.phenomenon_time, Latest.result_time)
        .join(Datastream, Datastream.datastream_id == Latest.datastream_id)
        .where(Datastream.key.in_(keys), Latest.result_time >= since, Latest.origin == "live")
    )
    return [(received - at).total_seconds() for at, received in session.execute(query)]
