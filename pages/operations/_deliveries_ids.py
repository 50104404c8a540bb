"""Ids of /lage/meldungen."""

HEADLINE = "deliveries-headline"
LEAD = "deliveries-lead"
BODY = "deliveries-body"
POLL = "deliveries-poll"
ALARM = "deliveries-alarm"
SHOWN = "deliveries-shown"
