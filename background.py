"""What runs background callbacks: the queue where there is a broker, else processes of the web."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import CeleryManager, DiskcacheManager

from config import Settings

if TYPE_CHECKING:
    from celery import Celery


def background_manager(
    settings: Settings, celery: Celery | None = None
) -> CeleryManager | DiskcacheManager:
    """Return the manager of Dash; each library is loaded only where it is used."""
    if settings.broker_url.get_secret_value():
        from queueing import make_celery  # noqa: PLC0415

        return CeleryManager(celery or make_celery(settings))
    import diskcache  # noqa: PLC0415

    settings.state_dir.mkdir(parents=True, exist_ok=True)
    return DiskcacheManager(diskcache.Cache(str(settings.state_dir / "jobs")))
