"""Subscriptions by confirmed e-mail: who keeps them, and what tells subscribers after a cycle."""

from components import urls
from services.subscriptions.post import Post
from services.subscriptions.service import SubscriptionService
from services.subscriptions.telling import SubscriberMail
from services.subscriptions.words import Pages, Source
from wiring import Wired
from wiring_notify import make_channels, make_drill_box, make_letters, make_outbox


def make_subscriptions(wired: Wired) -> SubscriptionService:
    """Return what keeps the subscriptions."""
    return SubscriptionService(wired.sessions, wired.region, _post(wired), _source(wired))


def make_subscriber_mail(wired: Wired) -> SubscriberMail:
    """Return what tells subscribers after a cycle."""
    return SubscriberMail(wired.sessions, wired.region, wired.clock, _post(wired), _source(wired))


def _post(wired: Wired) -> Post:
    return Post(
        make_drill_box(wired), make_channels(wired), make_letters(wired), make_outbox(wired)
    )


def _source(wired: Wired) -> Source:
    info = wired.region.pack.info
    return Source(
        info.official_service_name,
        info.official_service_url,
        Pages(wired.settings.base_url, urls.VILLAGE, urls.GAUGE),
        wired.region.timezone,
    )
