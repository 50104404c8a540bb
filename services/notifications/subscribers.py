"""What the sender asks about mails to people who are no recipients of alarms."""

from typing import Protocol

from sqlalchemy.orm import Session

from data.outbox_rows import MessageRow
from services.notifications.channels import Channels


class Subscribers(Protocol):
    """Knows addresses and personal links of subscribers; the outbox knows neither."""

    def way(
        self, session: Session, message: MessageRow, channels: Channels
    ) -> tuple[tuple[str, str], ...]:
        """Return channel and address; none when the person wants no more mail."""

    def filled(self, session: Session, message: MessageRow) -> MessageRow:
        """Return the mail with its personal link."""


class NoSubscribers:
    """An installation without subscriptions."""

    def way(
        self, _session: Session, _message: MessageRow, _channels: Channels
    ) -> tuple[tuple[str, str], ...]:
        """Return none."""
        return ()

    def filled(self, _session: Session, message: MessageRow) -> MessageRow:
        """Return the mail as it is."""
        return message


NO_SUBSCRIBERS = NoSubscribers()
