"""Ids of /daten/quellen."""

HEADLINE = "sources-headline"
LEAD = "sources-lead"
BODY = "sources-body"
