"""What runs background callbacks: the queue where there is a broker, else processes of the web.

A job acts in the name of who asked for it. Of the request it gets the key of the session alone,
from the identity that the web process found; cookies and headers, and with them the token, stay
there. The job looks the session up itself: what was closed meanwhile acts no more.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dash import CeleryManager, DiskcacheManager, ctx

from config import Settings
from services.container import services
from services.errors import StoreUnavailableError
from services.people import identity
from services.people.model import PUBLIC, Identity

if TYPE_CHECKING:
    from celery import Celery

SESSION = "session"
Job = Callable[..., Any]


class _ActingMixin:
    """Hands the session of a request over to its job."""

    def make_job_fn(self, fn: Job, progress: object, key: str | None = None) -> Job:
        """Let a callback act in the name of who asked for it."""
        made: Job = super().make_job_fn(acting_for_session(fn), progress, key)  # type: ignore[misc]
        return made

    def call_job_fn(self, key: str, job_fn: Job, args: object, context: dict[str, Any]) -> object:
        """Start a job; of the request it knows whose session asked."""
        told = {name: value for name, value in context.items() if name != "headers"}
        told["cookies"] = {SESSION: identity.current().session_key}
        return super().call_job_fn(key, job_fn, args, told)  # type: ignore[misc]


class QueueManager(_ActingMixin, CeleryManager):
    """Background callbacks as tasks of the queue."""


class ProcessManager(_ActingMixin, DiskcacheManager):
    """Background callbacks as processes of the web server."""


def background_manager(
    settings: Settings, celery: Celery | None = None
) -> QueueManager | ProcessManager:
    """Return the manager of Dash; each library is loaded only where it is used."""
    if settings.broker_url.get_secret_value():
        from queueing import make_celery  # noqa: PLC0415

        return QueueManager(celery or make_celery(settings))  # type: ignore[no-untyped-call]
    import diskcache  # noqa: PLC0415

    settings.state_dir.mkdir(parents=True, exist_ok=True)
    cache = diskcache.Cache(str(settings.state_dir / "jobs"))
    return ProcessManager(cache)  # type: ignore[no-untyped-call]


def acting_for_session(fn: Job) -> Job:
    """Wrap what runs in a job so that it acts as the session that the job was told of."""

    @functools.wraps(fn)
    def acted(*given: object, **named: object) -> object:
        with identity.acting(_of(ctx.cookies.get(SESSION, ""))):
            return fn(*given, **named)

    return acted


def _of(session_key: str) -> Identity:
    if not session_key:
        return PUBLIC
    try:
        return services().sign_in.of_key(session_key)
    except StoreUnavailableError:
        return PUBLIC  # who cannot be checked may only look
