"""Queries over the rain pictures of a region."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from data.models import RainPicture


@dataclass(frozen=True, slots=True)
class PictureRow:
    """Rain of the five minutes before `ends_at`; `cells` are packed, see the service."""

    ends_at: datetime
    analysed_at: datetime
    width: int
    height: int
    cells: bytes


def put(session: Session, region_id: str, rows: Sequence[PictureRow]) -> None:
    """Store pictures; of two of the same time the later analysis stays."""
    wanted = [row.ends_at for row in rows]
    own = RainPicture.region_id == region_id
    found = session.scalars(select(RainPicture).where(own, RainPicture.ends_at.in_(wanted)))
    stored = {picture.ends_at: picture for picture in found}
    for row in rows:
        known = stored.get(row.ends_at)
        if known is None:
            session.add(RainPicture(region_id=region_id, **asdict(row)))
        elif known.analysed_at <= row.analysed_at:
            for name, value in asdict(row).items():
                setattr(known, name, value)


def between(
    session: Session, region_id: str, start: datetime, end: datetime, most: int
) -> list[PictureRow]:
    """Return the pictures of a stretch in order of time, the last `most` of them."""
    query = (
        select(RainPicture)
        .where(
            RainPicture.region_id == region_id,
            RainPicture.ends_at > start,
            RainPicture.ends_at <= end,
        )
        .order_by(RainPicture.ends_at.desc())
        .limit(most)
    )
    rows = [
        PictureRow(**{name: getattr(row, name) for name in PictureRow.__slots__})
        for row in session.scalars(query)
    ]
    return rows[::-1]


def newest_analysis(session: Session, region_id: str, until: datetime) -> datetime | None:
    """Return when the newest analysis known at an instant was made; None without any."""
    query = select(func.max(RainPicture.analysed_at)).where(
        RainPicture.region_id == region_id, RainPicture.analysed_at <= until
    )
    found: datetime | None = session.scalar(query)
    return found


def prune(session: Session, region_id: str, before: datetime) -> None:
    """Delete pictures of the past."""
    own = RainPicture.region_id == region_id
    session.execute(delete(RainPicture).where(own, RainPicture.ends_at < before))
