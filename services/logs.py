"""Log format of all processes: a line of text, or one JSON object a line for log collectors.

No values of people or secrets. The JSON fields are `time`, `level`, `logger`, `process`,
`message`, and what a call passes as `extra`.
"""

import logging

from pythonjsonlogger.json import JsonFormatter

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
FIELDS = "%(asctime)s %(levelname)s %(name)s %(process)d %(message)s"
NAMES = {"asctime": "time", "levelname": "level", "name": "logger"}
ISO = "%Y-%m-%dT%H:%M:%S%z"
JSON = "json"


def set_up_logging(level: str, form: str = "text") -> None:
    """Send log lines to standard error, as text or as JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(form))
    logging.basicConfig(level=level.upper(), handlers=[handler])
    for noisy in ("alembic", "werkzeug", "PIL"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def formatter(form: str) -> logging.Formatter:
    """Return the formatter of a form, "text" or "json"."""
    if form == JSON:
        return JsonFormatter(FIELDS, rename_fields=NAMES, datefmt=ISO, json_ensure_ascii=False)
    return logging.Formatter(FORMAT)
