"""Queries over devices that were commissioned here: their sensor rows beside those of the pack."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from data.models import CommissionedSensor
from data.region_pack.sensor_rows import SensorRow


def rows(session: Session, region_id: str) -> tuple[SensorRow, ...]:
    """Return the sensor rows that were commissioned, by device."""
    found = session.scalars(
        select(CommissionedSensor)
        .where(CommissionedSensor.region_id == region_id)
        .order_by(CommissionedSensor.dev_eui, CommissionedSensor.observed_property)
    )
    return tuple(SensorRow.model_validate(item.row) for item in found)


def add(
    session: Session, region_id: str, sensors: Sequence[SensorRow], at: datetime, actor: str
) -> None:
    """Store the sensor rows of a device."""
    session.add_all(
        CommissionedSensor(
            region_id=region_id,
            dev_eui=row.dev_eui,
            observed_property=row.observed_property,
            row=row.model_dump(mode="json"),
            at=at,
            actor=actor,
        )
        for row in sensors
    )


def remove(session: Session, region_id: str, dev_eui: str) -> bool:
    """Delete the sensor rows of a device and tell whether there were any."""
    gone = session.execute(
        delete(CommissionedSensor)
        .where(CommissionedSensor.region_id == region_id, CommissionedSensor.dev_eui == dev_eui)
        .returning(CommissionedSensor.dev_eui)
    )
    return bool(gone.all())
