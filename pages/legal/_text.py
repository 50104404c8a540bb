"""Texts that the operator enters in the settings; missing ones are said to be missing."""

from dash import html
from dash.development.base_component import Component

from components.links import outside_link
from components.panel import notice
from services.site import SiteInfo


def operator_text(written: str, setting: str, what: str) -> Component:
    """Show the text in its paragraphs, or say that the operator has not entered it."""
    paragraphs = [part.strip() for part in written.split("\n\n") if part.strip()]
    if not paragraphs:
        words = f"Der Betreiber hat hier noch kein {what} eingetragen (Einstellung {setting})."
        if what.endswith("hinweise"):
            words = f"Der Betreiber hat hier noch keine {what} eingetragen (Einstellung {setting})."
        return notice(words, "warn")
    return html.Div([html.P(part) for part in paragraphs])


def official(site: SiteInfo) -> Component:
    """Name the official service."""
    return html.P(
        [
            "Dieses Angebot ist keine amtliche Warnung. Amtlich warnt ",
            outside_link(site.official_name, site.official_url),
            ".",
        ]
    )
