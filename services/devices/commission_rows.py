"""From the fields of a commissioning to sensor rows, checked by the rules of sensors.csv."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from data.region_pack.loader import pack_faults
from data.region_pack.model import RegionPack
from data.region_pack.reasons import where_and_why
from data.region_pack.sensor_rows import SensorRow
from data.region_pack.tables import TABLES
from services.devices.decoded_models import OBJECT, battery_value, main_value, models, needs_path
from services.devices.errors import DeviceRefusedError
from services.ingestion.mapping import mapping_faults

DEFAULT_UNIT = "mm"


@dataclass(frozen=True, slots=True)
class Commission:
    """What a person enters. `place` is the mount height in m, or the path where one is needed.

    `unit` and `mount_height_m` go with a path of one's own.
    """

    dev_eui: str
    gauge_id: str
    model: str
    place: str = ""
    unit: str = DEFAULT_UNIT
    mount_height_m: str = ""


def sensor_rows(asked: Commission, by: str, *, simulated: bool) -> tuple[SensorRow, ...]:
    """Return the rows that the fields come to.

    Raises
    ------
    DeviceRefusedError
        With the first fault of a field, in words.
    """
    if asked.model not in models():
        known = ", ".join(models())
        raise DeviceRefusedError(
            user_message=f"Das Modell „{asked.model}“ ist unbekannt, möglich sind {known}."
        )
    base: dict[str, object] = {
        "dev_eui": asked.dev_eui.strip().lower().replace("-", "").replace(":", ""),
        "gauge_id": asked.gauge_id,
        "decoder": "" if asked.model == OBJECT else asked.model,
        "simulated": simulated,
        "source": f"in Betrieb genommen von {by}",
    }
    rows = [_row({**base, **_main_cells(asked)})]
    battery = battery_value(asked.model)
    if battery is not None:
        cells = {"observed_property": "battery", "path": battery.path, "unit": battery.unit}
        rows.append(_row({**base, **cells}))
    return tuple(rows)


def commission_faults(
    pack: RegionPack, others: Sequence[SensorRow], rows: Sequence[SensorRow]
) -> list[str]:
    """Return what is wrong with new rows beside those of the pack and of other devices."""
    if rows[0].gauge_id not in {row.gauge_id for row in pack.gauges}:
        return [f"Den Pegel „{rows[0].gauge_id}“ gibt es in dieser Region nicht."]
    before = _faults(replace(pack, sensors=(*pack.sensors, *others)))
    after = _faults(replace(pack, sensors=(*pack.sensors, *others, *rows)))
    found = [reason for reason in after if reason not in before]
    return [*found, *(_without_line(words) for words in mapping_faults(rows))]


def _main_cells(asked: Commission) -> Mapping[str, object]:
    observed = {"observed_property": "stage"}
    if needs_path(asked.model):
        height = asked.mount_height_m.strip().replace(",", ".")
        unit = asked.unit.strip() or DEFAULT_UNIT
        return {**observed, "path": asked.place.strip(), "unit": unit, "mount_height_m": height}
    value = main_value(asked.model)
    if value is None:
        raise DeviceRefusedError(
            user_message=f"Das Modell „{asked.model}“ gibt keinen Wasserstand."
        )
    height = asked.place.strip().replace(",", ".") if value.is_distance else ""
    return {**observed, "path": value.path, "unit": value.unit, "mount_height_m": height}


def _row(cells: Mapping[str, object]) -> SensorRow:
    try:
        return SensorRow.model_validate(cells)
    except ValidationError as error:
        column, reason = where_and_why(error.errors()[0])
        raise DeviceRefusedError(user_message=f"{FIELDS.get(column, column)}: {reason}.") from None


FIELDS = {
    "dev_eui": "DevEUI (16 Hex-Ziffern)",
    "gauge_id": "Pegel",
    "path": "Pfad",
    "unit": "Einheit",
    "mount_height_m": "Einbauhöhe in m",
}


def _faults(pack: RegionPack) -> list[str]:
    names = [table.file.removesuffix(".csv") for table in TABLES]
    lines = {name: tuple(range(2, len(getattr(pack, name)) + 2)) for name in names}
    return [
        f"{FIELDS.get(fault.column, fault.column)}: {fault.reason}."
        for fault in pack_faults(pack, lines)
        if fault.file == "sensors.csv"
    ]


def _without_line(words: str) -> str:
    """Return a fault of a row without the line of a file that there is none of."""
    return words.split(": ", 1)[-1]
