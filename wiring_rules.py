"""What a region's files say of quality and alarms, shared by processes and pages."""

from services.alarms.policy import Policy, make_policy
from services.quality.receipt import Flagger, ReceiptFlagger
from services.quality.rules import Rules, make_rules
from wiring import Wired


def rules_of(wired: Wired) -> Rules:
    """Return the limits: the region's own over those of the product."""
    return make_rules(wired.region.pack.gauges, wired.region.quality)


def flagger_of(wired: Wired) -> Flagger:
    """Return what judges readings as they come."""
    return ReceiptFlagger(rules_of(wired))


def policy_of(wired: Wired) -> Policy:
    """Return what holds for alarms: the region's own over that of the product."""
    return make_policy(wired.region.alarms)
