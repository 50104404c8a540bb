"""What must work for an installation beside its database, as health checks."""

from config import Settings
from services.archive.reachable import archive_fault
from services.health.service import Probe
from wiring import Wired

BROKER_PATIENCE_S = 2.0


def make_probes(wired: Wired) -> tuple[Probe, ...]:
    """Return what must work for this installation beside its database."""
    folder = wired.settings.archive_path
    archive = Probe("archiv", lambda: archive_fault(wired.sessions, folder))
    return (archive, *broker_probes(wired.settings))


def broker_probes(settings: Settings) -> tuple[Probe, ...]:
    """Return the check of the queue's Redis where one is configured."""
    url = settings.broker_url.get_secret_value()
    if not url:
        return ()

    def ask() -> str:
        import redis  # noqa: PLC0415  # only where there is a broker

        client = redis.Redis.from_url(url, socket_timeout=BROKER_PATIENCE_S)
        try:
            client.ping()
        except redis.RedisError as error:
            return f"antwortet nicht: {type(error).__name__}"
        finally:
            client.close()  # type: ignore[no-untyped-call]
        return ""

    return (Probe("redis", ask),)
