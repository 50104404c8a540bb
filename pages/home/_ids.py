"""Ids of the home page."""

PAGE = "home"
HEADLINE = "home-headline"
LEAD = "home-lead"
BODY = "home-body"
