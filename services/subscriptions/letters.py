"""How the sender of messages reaches a subscriber: address and link are looked up at the end."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from data import subscriptions
from data.outbox_rows import MessageRow
from services.notifications.channels import Channels
from services.subscriptions.model import GROUP, LINK_MARK
from services.subscriptions.tokens import minted

MAIL_SCHEME = "mailto"


def mail_channel(channels: Channels) -> str:
    """Return the key of the channel that carries e-mail, "" where there is none."""
    found = (key for key, channel in channels.by_key.items() if channel.url.startswith(MAIL_SCHEME))
    return next(found, "")


@dataclass(frozen=True, slots=True)
class Letters:
    """Mails to subscribers of a region; `page` is where their links lead."""

    region_id: str
    page: str

    def way(
        self, session: Session, message: MessageRow, channels: Channels
    ) -> tuple[tuple[str, str], ...]:
        """Return channel and address; none when the subscription is gone or no mail is possible."""
        key = mail_channel(channels)
        row = subscriptions.by_id(session, self.region_id, message.recipients.removeprefix(GROUP))
        return ((key, row.address),) if row is not None and key else ()

    def filled(self, session: Session, message: MessageRow) -> MessageRow:
        """Return a mail with its personal link, which is made now and stored nowhere."""
        row = subscriptions.by_id(session, self.region_id, message.recipients.removeprefix(GROUP))
        if row is None:
            return message
        link = f"{self.page}/{minted(session, row)}"
        return replace(message, text=message.text.replace(LINK_MARK, link))
