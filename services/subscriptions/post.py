"""Where mails to subscribers go: into the outbox, or in a drill into its mailbox."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from data.outbox_rows import MessageRow
from data.subscriptions import SubscriptionRow
from services.notifications.channels import Channels
from services.notifications.drills import DrillBox
from services.notifications.model import Kind
from services.notifications.outbox import Mail, Outbox, plain_message
from services.subscriptions.letters import Letters, mail_channel
from services.subscriptions.model import GROUP


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to be stored: `words` are title and text, `about` makes its key."""

    row: SubscriptionRow
    words: tuple[str, str]
    about: str
    valid_for: timedelta

    @property
    def key(self) -> str:
        """Return the key under which it is in the outbox."""
        return f"abo/{self.row.subscription_id}/{self.about}"[:240]

    @property
    def overtakes(self) -> str:
        """Return the key of the mail before it, "" when that is itself."""
        return "" if self.row.told_key == self.key else self.row.told_key


@dataclass(frozen=True, slots=True)
class Post:
    """Without `outbox` (simulation, recordings) nothing leaves the house."""

    drills: DrillBox
    channels: Channels
    letters: Letters
    outbox: Outbox | None = None

    @property
    def is_drill(self) -> bool:
        """Tell whether mails stay in the mailbox of drills."""
        return self.outbox is None

    @property
    def is_possible(self) -> bool:
        """Tell whether a mail would reach anybody, or the mailbox of drills."""
        return self.is_drill or bool(mail_channel(self.channels))

    def put(self, session: Session, letter: Letter, now: datetime) -> None:
        """Store one mail; the same key twice is one mail."""
        self.put_all(session, [letter], now)

    def put_all(self, session: Session, letters: Sequence[Letter], now: datetime) -> None:
        """Store mails; each overtakes the last one about a state to the same subscriber."""
        if self.outbox is not None:
            mails = [Mail(_message(letter, now), letter.overtakes) for letter in letters]
            self.outbox.put_mails(session, mails, now)
            return
        for letter in letters:
            shown = self.letters.filled(session, _message(letter, now))
            words = (shown.title, shown.text)
            self.drills.put_plain(session, Kind.MAIL, shown.message_key, words, now)

    def room(self, session: Session) -> int | None:
        """Return how many more mails may wait, None where nothing limits them."""
        return None if self.outbox is None else self.outbox.room(session)


def _message(letter: Letter, now: datetime) -> MessageRow:
    message = plain_message(Kind.MAIL, letter.key, *letter.words, now)
    whom = f"{GROUP}{letter.row.subscription_id}"
    return replace(message, recipients=whom, expires_at=now + letter.valid_for)
