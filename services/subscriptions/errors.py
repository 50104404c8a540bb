"""Refusals around subscriptions; none of them says whether an address is known."""

from services.errors import CockpitError


class SubscriptionRefusedError(CockpitError):
    """A subscription is not possible as entered, or too many were asked for; says which."""

    user_message = "So lässt sich die Benachrichtigung nicht bestellen."


class UnknownSubscriptionError(CockpitError):
    """The link of a mail holds no more: it was used up, is too old, or was never ours."""

    user_message = (
        "Dieser Link gilt nicht (mehr). Bestellen Sie auf der Seite des Ortes oder Pegels neu; ist"
        " die Benachrichtigung schon abbestellt, ist nichts weiter zu tun."
    )
