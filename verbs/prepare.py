"""What must hold before any process starts: settings, region pack, broker address, database."""

from config import Settings
from data import schema
from data.engine import make_engine
from services.ingestion.mqtt_settings import mqtt_settings
from services.region import open_region


def prepare(settings: Settings) -> None:
    """Check what the processes would stumble over, and bring the database up to date.

    Raises
    ------
    CockpitError, RegionPackError, DatabaseError
        With what is wrong, before anything runs.
    """
    open_region(settings.region_path, simulated=settings.is_demo)
    url = settings.mqtt_url.get_secret_value()
    if url:
        mqtt_settings(url, settings.mqtt_topics, settings.mqtt_client_id, settings.mqtt_ca_file)
    engine = make_engine(settings.store_url)
    schema.upgrade(engine)
    engine.dispose()
