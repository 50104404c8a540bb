"""Refusals around gauges and devices that are out of service on purpose."""

from services.errors import CockpitError


class OutageRefusedError(CockpitError):
    """An outage cannot be planned or ended as asked; the sentence says why."""

    user_message = "So lässt sich das nicht außer Betrieb nehmen."
