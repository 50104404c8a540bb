"""Who visits which kind of source: one line for each polled kind of `services.sources.kinds`."""

from services.ingestion.dwd_cap import mapping as dwd_cap
from services.ingestion.dwd_cap import source as dwd_cap_source
from services.ingestion.dwd_radar import mapping as dwd_radar
from services.ingestion.dwd_radar import source as dwd_radar_source
from services.ingestion.dwd_station import mapping as dwd_station
from services.ingestion.dwd_station import source as dwd_station_source
from services.ingestion.gbfs import mapping as gbfs
from services.ingestion.gbfs import source as gbfs_source
from services.ingestion.gtfs import mapping as gtfs
from services.ingestion.gtfs import source as gtfs_source
from services.ingestion.gtfs_rt import mapping as gtfs_rt
from services.ingestion.gtfs_rt import source as gtfs_rt_source
from services.ingestion.lhp import mapping as lhp
from services.ingestion.lhp import source as lhp_source
from services.ingestion.lhp_alerts import mapping as lhp_alerts
from services.ingestion.lhp_alerts import source as lhp_alerts_source
from services.ingestion.parking import mapping as parking
from services.ingestion.parking import source as parking_source
from services.ingestion.pegelonline import mapping as pegelonline
from services.ingestion.pegelonline import source as pegelonline_source
from services.ingestion.sensorthings import mapping as sensorthings
from services.ingestion.sensorthings import source as sensorthings_source
from services.ingestion.statistics import mapping as statistics
from services.ingestion.statistics import source as statistics_source
from services.sources.model import Collector

COLLECTORS: dict[str, Collector] = {
    pegelonline_source.NAME: pegelonline.collect,
    lhp_source.NAME: lhp.collect,
    lhp_alerts_source.NAME: lhp_alerts.collect,
    dwd_station_source.NAME: dwd_station.collect,
    dwd_radar_source.NAME: dwd_radar.collect,
    dwd_cap_source.NAME: dwd_cap.collect,
    sensorthings_source.NAME: sensorthings.collect,
    gbfs_source.NAME: gbfs.collect,
    statistics_source.NAME: statistics.collect,
    gtfs_source.NAME: gtfs.collect,
    gtfs_rt_source.NAME: gtfs_rt.collect,
    parking_source.NAME: parking.collect,
}
