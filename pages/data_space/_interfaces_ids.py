"""Component ids of /daten/schnittstellen."""

HEADLINE = "data-interfaces-headline"
LEAD = "data-interfaces-lead"
