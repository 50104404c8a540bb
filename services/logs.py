"""Log format of all processes: time, level, source, message; no values of people or secrets."""

import logging

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def set_up_logging(level: str) -> None:
    """Send log lines to standard error."""
    logging.basicConfig(level=level.upper(), format=FORMAT)
    for noisy in ("alembic", "werkzeug", "PIL"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
