"""Which CSV file holds which rows, and what makes a row unique: the table of a region pack."""

from dataclasses import dataclass

from data.region_pack import (
    area_rows,
    columns,
    contact_rows,
    impact_rows,
    measure_rows,
    risk_rows,
    rows,
    sensor_rows,
)


@dataclass(frozen=True, slots=True)
class Table:
    """A file of the pack: its row model, its key columns, and whether a pack must have it."""

    file: str
    row: type[columns.Row]
    key: tuple[str, ...]
    required: bool


TABLES: tuple[Table, ...] = (
    Table("municipalities.csv", area_rows.MunicipalityRow, ("ags",), required=False),
    Table("rivers.csv", rows.RiverRow, ("river_id",), required=True),
    Table("river_points.csv", rows.RiverPointRow, ("river_id", "river_km"), required=False),
    Table("reaches.csv", rows.ReachRow, ("reach_id",), required=False),
    Table("gauges.csv", rows.GaugeRow, ("gauge_id",), required=True),
    Table("thresholds.csv", rows.ThresholdRow, ("gauge_id", "level"), required=False),
    Table("ratings.csv", rows.RatingRow, ("gauge_id", "from_m"), required=False),
    Table("places.csv", rows.PlaceRow, ("place_id",), required=False),
    Table("exposures.csv", rows.ExposureRow, ("place_id", "river_id"), required=False),
    Table("pairs.csv", rows.PairRow, ("gauge_id", "place_id", "river_id", "level"), required=False),
    Table("lags.csv", rows.LagRow, ("river_id", "from_km", "to_km", "event"), required=False),
    Table("sensors.csv", sensor_rows.SensorRow, ("dev_eui", "observed_property"), required=False),
    Table("retention.csv", sensor_rows.RetentionRow, ("observed_property", "kind"), required=False),
    Table("gateways.csv", sensor_rows.GatewayRow, ("gateway_id",), required=False),
    Table("impacts.csv", impact_rows.ImpactRow, ("impact_id",), required=False),
    Table("measures.csv", measure_rows.MeasureRow, ("measure_id",), required=False),
    Table("gauge_events.csv", risk_rows.GaugeEventRow, ("gauge_id", "event"), required=False),
    Table("objects.csv", risk_rows.ObjectRow, ("object_id",), required=False),
    Table("contacts.csv", contact_rows.ContactRow, ("contact_id",), required=False),
    Table("stops.csv", area_rows.StopRow, ("stop_id",), required=False),
)
