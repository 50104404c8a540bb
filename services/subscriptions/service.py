"""Subscriptions of people without an account: asked for, confirmed by mail, ended by a link.

Whatever address is entered, the answer is the same: nobody learns whether it is known. What is
kept is the address, what it wants, and when; the audit log holds the id only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import audit, subscriptions
from data.subscriptions import SubscriptionRow
from services.clock import wall_now
from services.reading import Reading
from services.region import Region
from services.storing import storing
from services.subscriptions.errors import SubscriptionRefusedError, UnknownSubscriptionError
from services.subscriptions.model import CONFIRM_WITHIN, SubscriptionView, Wish
from services.subscriptions.post import Letter, Post
from services.subscriptions.tokens import fingerprint
from services.subscriptions.wishes import checked, what_words
from services.subscriptions.words import Source, confirm_words

PUBLIC = "öffentlich"
"""Actor in the audit log: nobody has signed in."""
ASKED = (
    "Wenn die Adresse erreichbar ist, kommt in den nächsten Minuten eine E-Mail. Erst der Link"
    " darin bestellt die Benachrichtigung; er gilt 48 Stunden."
)
ASKED_IN_DRILL = (
    "Übung: Es geht keine E-Mail hinaus. Die Nachricht mit dem Link liegt im Übungspostfach unter"
    " Lage, Meldungen."
)
NOT_POSSIBLE = "Auf diesem System ist kein Meldeweg für E-Mail eingerichtet."
PER_HOUR = timedelta(hours=1)
MOST_PER_CLIENT = 20
"""Orders an hour from one client (estimate): a town hall shares one address."""
MOST_PER_ADDRESS = 3
"""Mails to confirm an hour for one address (estimate): nobody can flood somebody else."""
MOST_OF_ADDRESS = 40
"""Subscriptions of one address (estimate): as many as a county has places."""


@dataclass(frozen=True, slots=True)
class SubscriptionService:
    """Keeps the subscriptions of a region."""

    sessions: sessionmaker[Session]
    region: Region
    post: Post
    source: Source
    wall: Callable[[], datetime] = wall_now

    @property
    def is_possible(self) -> bool:
        """Tell whether mails can be sent at all, or kept in the mailbox of drills."""
        return self.post.is_possible

    @property
    def is_drill(self) -> bool:
        """Tell whether mails stay in the mailbox of drills."""
        return self.post.is_drill

    def request(self, wish: Wish, client: str) -> str:
        """Ask for a subscription and say what happens next; always the same words.

        Raises
        ------
        SubscriptionRefusedError
            When the entry is not possible, no mail can be sent, or a client asks too often.
        """
        if not self.is_possible:
            raise SubscriptionRefusedError(user_message=NOT_POSSIBLE)
        row = checked(self.region, wish, self.wall())
        with storing(self.sessions) as session:
            self._count(session, client, row.created_at)
            if self._may_mail(session, row):
                subscriptions.add(session, self.region.region_id, row)
                words = confirm_words(what_words(self.region, row), self.source)
                letter = Letter(row, words, "confirm", CONFIRM_WITHIN)
                self.post.put(session, letter, row.created_at)
                audit.note(
                    session, row.created_at, PUBLIC, "subscription-request", row.subscription_id
                )
        return ASKED_IN_DRILL if self.is_drill else ASKED

    def view(self, token: str) -> SubscriptionView:
        """Return the subscription of a link.

        Raises
        ------
        UnknownSubscriptionError
            When the link holds no more.
        """
        with Reading(self.sessions) as session:
            row = self._of(session, token)
        return SubscriptionView(
            what=what_words(self.region, row),
            kind=row.kind,
            target_id=row.target_id,
            address=_shortened(row.address),
            is_confirmed=row.confirmed_at is not None,
            created_at=row.created_at,
        )

    def confirm(self, token: str) -> None:
        """Confirm the subscription of a link; twice is once.

        Raises
        ------
        UnknownSubscriptionError
            When the link holds no more.
        """
        now = self.wall()
        with storing(self.sessions) as session:
            row = self._of(session, token)
            if row.confirmed_at is None:
                subscriptions.confirm(session, row, self.region.region_id, now)
                audit.note(session, now, PUBLIC, "subscription-confirm", row.subscription_id)

    def remove(self, token: str) -> None:
        """End the subscription of a link and delete its address.

        Raises
        ------
        UnknownSubscriptionError
            When the link holds no more.
        """
        now = self.wall()
        with storing(self.sessions) as session:
            row = self._of(session, token)
            subscriptions.remove(session, row.subscription_id)
            audit.note(session, now, PUBLIC, "subscription-remove", row.subscription_id)

    def prune(self) -> int:
        """Delete what nobody confirmed within 48 hours, and used-up links; returns how many."""
        now = self.wall()
        with storing(self.sessions) as session:
            gone = subscriptions.prune(
                session, self.region.region_id, now - CONFIRM_WITHIN, now - PER_HOUR
            )
            subscriptions.prune_tokens(session, now)
        return gone

    def _of(self, session: Session, token: str) -> SubscriptionRow:
        row = subscriptions.by_token(
            session, self.region.region_id, fingerprint(token), self.wall()
        )
        if row is None:
            raise UnknownSubscriptionError
        return row

    def _count(self, session: Session, client: str, now: datetime) -> None:
        key = fingerprint(f"client|{client}")
        if subscriptions.requests_since(session, key, now - PER_HOUR) >= MOST_PER_CLIENT:
            words = (
                f"Von hier wurden in der letzten Stunde {MOST_PER_CLIENT} Benachrichtigungen"
                " bestellt. Bitte versuchen Sie es in einer Stunde wieder."
            )
            raise SubscriptionRefusedError(user_message=words)
        subscriptions.note_request(session, key, now)

    def _may_mail(self, session: Session, row: SubscriptionRow) -> bool:
        """Tell whether the address may get another mail; the answer to the person is the same."""
        key = fingerprint(f"address|{row.address.casefold()}")
        asked = subscriptions.requests_since(session, key, row.created_at - PER_HOUR)
        kept = subscriptions.count_of_address(session, self.region.region_id, row.address)
        subscriptions.note_request(session, key, row.created_at)
        return asked < MOST_PER_ADDRESS and kept < MOST_OF_ADDRESS


def _shortened(address: str) -> str:
    """Return an address that its owner knows again and nobody else reads off."""
    local, _at, domain = address.partition("@")
    return f"{local[:1]}…@{domain}"
