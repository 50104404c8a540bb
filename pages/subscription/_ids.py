"""Ids of the page that a mailed link opens."""

TOKEN = "subscription-token"  # noqa: S105  # the id of a store, no secret
HEADLINE = "subscription-headline"
LEAD = "subscription-lead"
BODY = "subscription-body"
CONFIRM = "subscription-confirm"
REMOVE = "subscription-remove"
