"""The web process: gunicorn with our application, one folder for the metrics of its workers."""

import os
import shutil
import sys
from pathlib import Path

from config import ROOT, Settings
from services.in_use import hold

METRICS = "metrics"
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def web_command(settings: Settings) -> list[str]:
    """Return the command of the web process; each worker warms itself up before it listens."""
    return [
        sys.executable, "-m", "gunicorn", "app:create_server()",
        "--config", str(ROOT / "gunicorn_hooks.py"),
        "--bind", f"{settings.host}:{settings.port}",
        "--worker-class", "gthread",
        "--workers", str(settings.web_workers),
        "--threads", str(settings.web_threads),
        "--no-control-socket", "--log-level", "warning", "--graceful-timeout", "5",
    ]  # fmt: skip


def serve(settings: Settings) -> None:
    """Become the web process; the counts of an earlier one are forgotten.

    Raises
    ------
    StoreTakenError
        When a verb works on the store alone.
    """
    hold(settings.state_dir, "web")
    folder = settings.state_dir / METRICS
    _empty(folder)
    os.chdir(ROOT)
    environment = {**os.environ, SHARED_FOLDER: str(folder)}
    command = web_command(settings)
    os.execve(command[0], command, environment)  # noqa: S606  # our own fixed command


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
