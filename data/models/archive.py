"""Which months of a datastream lie in files and no longer in the database."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class Archive(Base):
    """A Parquet file with the observations of one month and all that they superseded.

    A month that was deleted without a file is noted with an empty `sha256`: what comes late for it
    must not take the place of its rollups.
    """

    __tablename__ = "archives"
    __table_args__ = (Index(None, "datastream_id", "first_at"),)

    archive_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    datastream_id: Mapped[int] = mapped_column(ForeignKey("datastreams.datastream_id"))
    path: Mapped[str] = mapped_column(String(300), unique=True)
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    observations: Mapped[int] = mapped_column(Integer)
    revisions: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
