"""Subscriptions by hand: one known link."""

from datetime import UTC, datetime

from services.subscriptions.errors import SubscriptionRefusedError, UnknownSubscriptionError
from services.subscriptions.model import PLACE, SubscriptionView

TOKEN = "bekannt"  # noqa: S105
AT = datetime(2026, 11, 28, 20, tzinfo=UTC)


class FakeSubscriptions:
    def __init__(self, *, is_possible=True, is_drill=True):
        self.is_possible, self.is_drill = is_possible, is_drill
        self.is_confirmed, self.is_gone = False, False
        self.asked = []

    def request(self, wish, client):
        if "@" not in wish.address:
            raise SubscriptionRefusedError(user_message="Das ist keine E-Mail-Adresse.")
        self.asked.append((wish, client))
        return "Es kommt eine E-Mail."

    def view(self, token):
        self._known(token)
        return SubscriptionView(
            "Mayen, ab Stufe Warnung", PLACE, "mayen", "d…@example.org", self.is_confirmed, AT
        )

    def confirm(self, token):
        self._known(token)
        self.is_confirmed = True

    def remove(self, token):
        self._known(token)
        self.is_gone = True

    def _known(self, token):
        if token != TOKEN or self.is_gone:
            raise UnknownSubscriptionError
