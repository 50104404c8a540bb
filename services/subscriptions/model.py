"""What a subscription is made of."""

from dataclasses import dataclass
from datetime import datetime, timedelta

PLACE, GAUGE = "place", "gauge"
CONFIRM_WITHIN = timedelta(hours=48)
LINK_MARK = "{abo-link}"
"""Stands in a stored mail for its personal link, which is made when the mail is handed over."""
GROUP = "abo:"
"""Beginning of the recipient of a mail in the outbox; the id of the subscription follows."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: a level of a place, or an own threshold of a gauge in its unit."""

    address: str
    kind: str
    target_id: str
    level: str = ""
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionView:
    """A subscription as the page of its link shows it; the address is shortened."""

    what: str
    kind: str
    target_id: str
    address: str
    is_confirmed: bool
    created_at: datetime
