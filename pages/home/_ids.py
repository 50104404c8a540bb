"""Ids of the home page."""

HEADLINE = "home-headline"
LEAD = "home-lead"
BODY = "home-body"
