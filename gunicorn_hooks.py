"""Settings of gunicorn that are code: the log format, and metrics of a worker that ended."""

from typing import Any

from prometheus_client import multiprocess

from config import Settings
from services.logs import FIELDS, FORMAT, ISO, JSON, NAMES
from verbs.inherited_sockets import let_go_in_children

_settings = Settings()
_json: dict[str, Any] = {
    "()": "pythonjsonlogger.json.JsonFormatter",
    "format": FIELDS,
    "rename_fields": NAMES,
    "datefmt": ISO,
}
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": _json if _settings.log_format == JSON else {"format": FORMAT}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"level": "WARNING", "handlers": ["stderr"]},
    "loggers": {
        "gunicorn.error": {"level": "WARNING", "handlers": ["stderr"], "propagate": False},
        "gunicorn.access": {"level": "WARNING", "handlers": [], "propagate": False},
    },
}


def child_exit(_server: object, worker: Any) -> None:  # noqa: ANN401  # gunicorn's, untyped
    """Forget the gauges of a worker that ended; its counters stay counted."""
    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def post_fork(_server: object, worker: Any) -> None:  # noqa: ANN401  # gunicorn's, untyped
    """Keep background jobs, which are children of a worker, from holding its connections."""
    names = [listener.getsockname() for listener in worker.sockets]
    let_go_in_children({name[1] for name in names if isinstance(name, tuple)})
